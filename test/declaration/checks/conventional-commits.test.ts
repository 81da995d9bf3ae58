import { minimalRefusals } from "../fixture";

function refusals(types: readonly unknown[], others: object = {}) {
  return minimalRefusals({ "main.conventionalCommits": { types }, ...others });
}

describe("Conventional Commits (MAE-3)", () => {
  test("are accepted with squash as the only way to merge", () => {
    expect(refusals(["feat", "chore"])).toEqual([]);
  });

  test("are refused where another merge brings commits that nobody read", () => {
    expect(refusals(["chore"], { "repository.merge": ["squash", "rebase"] })).toEqual([
      {
        path: "repository.merge",
        came: '["squash","rebase"]',
        expected: 'only "squash", where main.conventionalCommits reads the titles of pull requests',
        remedy: 'write ["squash"]: other methods bring commits whose messages nobody has read',
      },
    ]);
  });

  test("are refused where the message of a squash is not the title", () => {
    expect(refusals(["chore"], { "repository.squashMessage": "commit-messages" })).toEqual([
      {
        path: "repository.squashMessage",
        came: '"commit-messages"',
        expected: "a message that begins with the title, which main.conventionalCommits reads",
        remedy: 'write "pull-request-title" or "pull-request-title-and-body"',
      },
    ]);
  });

  test("are refused without the type of what Gatehouse opens, and with one twice", () => {
    expect(refusals(["feat", "feat"])).toEqual([
      {
        path: "main.conventionalCommits.types[1]",
        came: '"feat" a second time',
        expected: "each type once",
        remedy: "remove one",
      },
      {
        path: "main.conventionalCommits.types",
        came: 'types without "chore"',
        expected: '"chore" among them: the pull requests that bring files and new versions begin with it',
        remedy: 'add "chore"',
      },
    ]);
  });

  test("are refused beside a job that reports a check of the same name", () => {
    const job = {
      kind: "git-hygiene",
      gate: "lint",
      timeoutMinutes: 5,
      maxFileKilobytes: 10,
      name: "pull-request-title",
    };
    expect(refusals(["chore"], { "ci.jobs.titles": job })).toEqual([
      {
        path: "ci.jobs.titles.name",
        came: '"pull-request-title", which reads the titles of pull requests',
        expected: "a name that nothing else reports",
        remedy: "rename the job",
      },
    ]);
  });

  test.each(["Feat", "f", "feat!", "*", 7])("%j is no type", (type) => {
    expect(refusals(["chore", type]).map(({ path }) => path)).toEqual(["main.conventionalCommits.types[1]"]);
  });
});
