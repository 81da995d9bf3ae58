import { NOT_FOUND, ok, REPOSITORY, type Route } from "./github-routes";

/** GitHub's API as far as secrets are sealed for it. */
export const SECRET_ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: `${REPOSITORY}/environments/{environment_name}/secrets/public-key`,
    answer: ({ environmentKeys }, { words: { environment_name: name = "" } }) => {
      const found = environmentKeys.get(name);
      return found === undefined ? NOT_FOUND : ok({ key_id: found.id, key: found.key });
    },
  },
];
