import { DELIVERY_TYPE, TITLE_CHECK } from "../conventional-commits";
import { show } from "../problem";
import type { CheckContext } from "./context";

const PATH = ["main", "conventionalCommits"];

/** Titles say what commits say only where a squash makes the one of the other, and where Gatehouse's own titles pass. */
export function conventionalCommitsProblems({ service, report }: CheckContext): void {
  const { conventionalCommits } = service.main;
  if (conventionalCommits === undefined) return;
  const { merge, squashMessage } = service.repository;
  if (merge.some((method) => method !== "squash")) {
    report(["repository", "merge"], {
      came: show(merge),
      expected: 'only "squash", where main.conventionalCommits reads the titles of pull requests',
      remedy: 'write ["squash"]: other methods bring commits whose messages nobody has read',
    });
  }
  if (squashMessage === "commit-messages") {
    report(["repository", "squashMessage"], {
      came: show(squashMessage),
      expected: "a message that begins with the title, which main.conventionalCommits reads",
      remedy: 'write "pull-request-title" or "pull-request-title-and-body"',
    });
  }
  const { types } = conventionalCommits;
  types.forEach((type, index) => {
    if (types.indexOf(type) === index) return;
    report([...PATH, "types", index], {
      came: `${show(type)} a second time`,
      expected: "each type once",
      remedy: "remove one",
    });
  });
  if (!types.includes(DELIVERY_TYPE)) {
    report([...PATH, "types"], {
      came: `types without ${show(DELIVERY_TYPE)}`,
      expected: `${show(DELIVERY_TYPE)} among them: the pull requests that bring files and new versions begin with it`,
      remedy: `add ${show(DELIVERY_TYPE)}`,
    });
  }
  for (const [id, job] of Object.entries(service.ci.jobs)) {
    if ((job.name ?? id) !== TITLE_CHECK) continue;
    report(["ci", "jobs", id, "name"], {
      came: `${show(TITLE_CHECK)}, which reads the titles of pull requests`,
      expected: "a name that nothing else reports",
      remedy: "rename the job",
    });
  }
}
