import { show } from "../problem";
import type { CheckContext } from "./context";
import { planProblem } from "./plan";

/** What the repository asks of its plan, and settings that contradict each other. */
export function repositoryProblems({ organization, service, report }: CheckContext): void {
  const { plan, licenses } = organization.github;
  const { repository } = service;
  const { visibility } = repository;
  const asks = [
    {
      path: ["repository", "visibility"],
      feature: "internal visibility",
      asked: visibility === "internal",
      otherwise: 'write "private"',
    },
    {
      path: ["main"],
      feature: "rulesets",
      asked: true,
      otherwise: "leave the service out: without rulesets nothing here can be enforced",
    },
    {
      path: ["repository", "secretScanning"],
      feature: "secret scanning",
      asked: repository.secretScanning,
      otherwise: "write false, and scan in CI",
    },
    {
      path: ["repository", "pushRules"],
      feature: "push rules",
      asked: repository.pushRules !== undefined,
      otherwise: "drop pushRules, and check in CI",
    },
    {
      path: ["main", "codeOwners"],
      feature: "code owners",
      asked: service.main?.codeOwners === true,
      otherwise: "write false: GitHub would not ask for the owners' reviews",
    },
    {
      path: ["main", "commitMessages"],
      feature: "metadata rules",
      asked: service.main?.commitMessages !== undefined,
      otherwise: "drop commitMessages, and check messages in CI",
    },
  ] as const;
  for (const { path, feature, asked, otherwise } of asks) {
    // An internal repository is not asked whether it may have what makes it one.
    const of = feature === "internal visibility" ? undefined : visibility;
    const problem = asked ? planProblem(feature, plan, of, otherwise, licenses) : undefined;
    if (problem !== undefined) report(path, problem);
  }
  if (repository.pushRules !== undefined && Object.values(repository.pushRules).every((rule) => rule === undefined)) {
    report(["repository", "pushRules"], {
      came: "push rules that refuse nothing",
      expected: "maxFileMegabytes or refusedExtensions",
      remedy: "say what is refused, or remove pushRules",
    });
  }
  if (repository.pushProtection && !repository.secretScanning) {
    report(["repository", "pushProtection"], {
      came: "true, with secretScanning false",
      expected: "push protection only together with secret scanning",
      remedy: "write secretScanning: true, or pushProtection: false",
      source: "https://docs.github.com/en/code-security/secret-scanning/introduction/about-push-protection",
    });
  }
  for (const [name, list] of [
    ["branchNames", repository.branchNames],
    ["merge", repository.merge],
    ["topics", repository.topics],
  ] as const) {
    list.forEach((item, index) => {
      if ((list as readonly string[]).indexOf(item) === index) return;
      report(["repository", name, index], {
        came: `${show(item)} a second time`,
        expected: "each once",
        remedy: "remove one",
      });
    });
  }
}
