import { NOT_FOUND, ok, REPOSITORY, type Route } from "./github-routes";

/** GitHub's API as far as secrets are sealed for it. */
export const SECRET_ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: `${REPOSITORY}/environments/{environment_name}/secrets`,
    answer: ({ environmentSecrets }, { words: { environment_name: name = "" } }) => {
      const secrets = [...(environmentSecrets.get(name) ?? [])].map(([key, updatedAt]) => {
        return { name: key, created_at: "2026-01-01T00:00:00Z", updated_at: updatedAt };
      });
      return ok({ total_count: secrets.length, secrets });
    },
  },
  {
    method: "GET",
    path: `${REPOSITORY}/environments/{environment_name}/secrets/public-key`,
    answer: ({ environmentKeys }, { words: { environment_name: name = "" } }) => {
      const found = environmentKeys.get(name);
      return found === undefined ? NOT_FOUND : ok({ key_id: found.id, key: found.key });
    },
  },
];
