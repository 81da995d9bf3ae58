import { fleet } from "../../services/fleet";
import { fleetProblems } from "../../stacks/fleet-problems";
import { REMOVED } from "../declaration/change";
import { minimalFleet, posFleet, summitFleet } from "../declaration/fixture";

describe("mistakes of declarations and of the workflows that follow from them", () => {
  test("the services of this repository have none", () => {
    expect(fleetProblems(fleet)).toEqual([]);
  });

  test("mistakes of the declaration come first, and alone", () => {
    const problems = fleetProblems(posFleet({ service: { "flakes.label": "nope" } }));
    expect(problems.map(({ path }) => path)).toEqual(["flakes.label"]);
  });

  test("a workflow that reads a secret which nobody declared is refused", () => {
    const problems = fleetProblems(posFleet({ service: { "settings.BACKUP_R2_ACCESS_KEY_ID": REMOVED } }));
    expect(problems.map(({ path, came }) => [path, came])).toEqual([
      ["edge.d1.main.backup.accessKeyId", '"BACKUP_R2_ACCESS_KEY_ID", which is not declared'],
    ]);
  });

  test("a job whose check would have the name of another job's leg is refused", () => {
    const job = { kind: "git-hygiene", gate: "lint", timeoutMinutes: 5, maxFileKilobytes: 10, name: "codeql (python)" };
    expect(fleetProblems(posFleet({ service: { "ci.jobs.copy": job } }))).toEqual([
      {
        subject: 'service "openclaw-pos"',
        path: "ci.jobs.copy",
        came: 'the check "codeql (python)", which the job "codeql" reports too',
        expected: "a name that no other job or leg reports",
        remedy: "rename one: GitHub can't tell two checks of one name apart",
      },
    ]);
  });
});

test("what is wrong as declared and in its phase is said once", () => {
  const job = { kind: "git-hygiene", gate: "lint", timeoutMinutes: 5, maxFileKilobytes: 10, name: "codeql (actions)" };
  const fleet = summitFleet({ service: { phase: 10, "ci.jobs.copy": job } });
  expect(fleetProblems(fleet).map(({ path, came }) => [path, came])).toEqual([
    ["ci.jobs.copy", 'the check "codeql (actions)", which the job "codeql" reports too'],
  ]);
});

describe("an allow-list of documents (HOT-9)", () => {
  const policy = (allow: readonly string[]) => ({
    service: { "ci.jobs.docs": { kind: "docs-policy", gate: "lint", timeoutMinutes: 5, allow } },
  });

  test("has every document that Gatehouse writes", () => {
    expect(fleetProblems(minimalFleet(policy(["docs/**", ".github/**"])))).toEqual([]);
  });

  test("is refused without them", () => {
    expect(fleetProblems(minimalFleet(policy(["docs/runbooks/*.md"])))).toEqual([
      {
        subject: 'service "tiny"',
        path: "ci.jobs.docs.allow",
        came: 'paths without ".github/pull_request_template.md", "docs/checks.md", "docs/secret-matrix.md", which Gatehouse writes',
        expected: "paths with every document that the repository gets",
        remedy: 'add ".github/**" and "docs/**"',
      },
    ]);
  });
});
