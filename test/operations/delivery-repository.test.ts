import { look } from "../../operations/delivery-look";
import { blobId, MANIFEST, manifest } from "../../workflows/manifest";
import { BRANCH, DeliveryWorld, FIRST, NAME, renderedFiles } from "./delivery-world";

let world: DeliveryWorld;
beforeAll(async () => {
  world = await DeliveryWorld.start();
});
beforeEach(() => world.renew());
afterEach(() => {
  expect(world.github.problems).toEqual([]);
  world.github.moved.clear();
});
afterAll(() => world.github.close());

const refused = (message: string) => expect(world.deliver(FIRST)).rejects.toThrow(message);

describe("a repository that nothing can be delivered to is said to be so, and nothing is written", () => {
  afterEach(() => expect(world.github.writes).toEqual([]));

  test("when it is not there, or may not be seen", async () => {
    world.github.repositories.clear();
    await refused(`${NAME} is not there, or this token does not see it\ndeploy its stack first`);
  });

  test("when it was renamed", async () => {
    world.github.moved.set(NAME, "https://api.github.com/repositories/1300192");
    await refused(
      `${NAME} was renamed or moved (GitHub answered 301, to https://api.github.com/repositories/1300192)\n` +
        "a service's repository has the service's name: rename it back, or rename the service",
    );
  });

  test("when it is archived", async () => {
    world.repository.archived = true;
    await refused(
      `${NAME} is archived: GitHub takes no change of it\nunarchive it, or remove the service from services/fleet.ts`,
    );
  });

  test("when it is empty", async () => {
    world.repository.branches.clear();
    await refused(
      `${NAME} is empty: a pull request needs a branch to go to\npush a first commit to main, a README for instance, and run this again`,
    );
  });

  test("when its default branch can't be seen", async () => {
    world.repository.defaultBranch = "trunk";
    await refused(
      `the default branch trunk of ${NAME} can't be seen\nuse a token that may read the repository's contents`,
    );
  });

  test.each<[string, Record<string, string | { mode: string; sha: string }>, string]>([
    [
      "a symbolic link",
      { "docs/a.md": { mode: "120000", sha: blobId("../README.md") } },
      "docs/a.md is a symbolic link in the repository, where a generated file is to be: remove or rename it",
    ],
    [
      "a symbolic link that leads to a directory",
      { docs: { mode: "120000", sha: blobId("elsewhere") } },
      "docs is a symbolic link in the repository, where a directory of generated files is to be: remove or rename it",
    ],
    [
      "a submodule",
      { docs: { mode: "160000", sha: "a".repeat(40) } },
      "docs is a submodule in the repository, where a directory of generated files is to be: remove or rename it",
    ],
    [
      "a directory",
      { "run.sh/README.md": "x" },
      "run.sh is a directory in the repository, where a generated file is to be: remove or rename it",
    ],
    [
      "a file",
      { docs: "x" },
      "docs is a file in the repository, where a directory of generated files is to be: remove or rename it",
    ],
    [
      "a file that differs in case",
      { "RUN.sh": "x" },
      "RUN.sh differs from the generated run.sh only in case: rename it, or checkouts on some systems have one",
    ],
    [
      "a directory that differs in case",
      { "Docs/mine.md": "x" },
      "Docs differs from the generated docs only in case: rename it, or checkouts on some systems have one",
    ],
  ])("when it has %s in the place of what is generated", async (_what, files, message) => {
    world.repository.push("main", files);
    await refused(message);
  });

  test("when several things are in the way: all are said at once", async () => {
    world.repository.push("main", { docs: "x", "RUN.sh": "x" });
    await expect(world.deliver(FIRST)).rejects.toThrow(/docs is a file[\s\S]*RUN\.sh differs/);
  });

  test.each([
    ["../outside", "leads out of the repository"],
    [".git/config", "lies in Git's own directory"],
  ])("when what is rendered would lie at %s", async (path, problem) => {
    const files = [{ path, content: "x\n", executable: false }];
    await expect(world.deliver([...files, manifest("pos", [])])).rejects.toThrow(
      `the generated path "${path}" ${problem}`,
    );
  });

  test.each([
    ["{", "it is no JSON"],
    [`{"version":1,"files":{"../x":"100644 ${"0".repeat(40)}"}}`, 'its path "../x" leads out of the repository'],
  ])("when its manifest is %s", async (text, problem) => {
    world.repository.push("main", { [MANIFEST]: text });
    await refused(
      `${MANIFEST} of ${NAME} can't be read: ${problem}\nput back what was delivered, or remove it: then all generated files count as there before`,
    );
  });
});

describe("a repository", () => {
  test.each(["master", "release/next"])("with %s as its default branch gets its pull request there", async (branch) => {
    world.repository.branches.clear();
    world.repository.defaultBranch = branch;
    world.repository.push(branch, { "README.md": "# POS\n" });
    expect(await world.deliver(FIRST)).toMatchObject({ state: "opened" });
    expect(world.repository.pulls[0]).toMatchObject({ base: branch, head: BRANCH });
    expect(await world.deliver(FIRST)).toMatchObject({ state: "waiting" });
  });

  test("whose default branch was renamed has its open pull request sent to the new one", async () => {
    await world.deliver(FIRST);
    world.repository.branches.set("trunk", world.repository.branches.get("main") ?? "");
    world.repository.defaultBranch = "trunk";
    expect(await world.deliver(FIRST)).toMatchObject({ state: "refreshed" });
    expect(world.repository.pulls[0]).toMatchObject({ base: "trunk" });
  });

  test("with more files than GitHub lists at once is seen as far as it matters", async () => {
    const { "docs/a.md": _, ...others } = { "docs/a.md": "", "run.sh": "#!/bin/sh\n", ".github/ci.yml": "on: push\n" };
    await world.delivered(renderedFiles({ ...others, "old/deep/gone.md": "# Gone\n", "docs/a.md": "# A\n" }));
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`a/${index}/x.ts`, "x"]));
    world.repository.push("main", many);
    world.repository.mostListed = 10;
    const { comparison } = await look(world.api, FIRST);
    expect(Object.fromEntries(comparison.files.map(({ path, relation }) => [path, relation]))).toEqual({
      ".github/ci.yml": "unchanged",
      ".github/gatehouse.lock.json": "changed",
      "docs/a.md": "unchanged",
      "old/deep/gone.md": "removed",
      "run.sh": "unchanged",
    });
    expect(world.github.calls.filter(({ path }) => path.includes("a/")).length).toBe(0);
    expect(await world.deliver(FIRST)).toMatchObject({ state: "opened" });
    expect(world.repository.files(BRANCH)).not.toHaveProperty(["old/deep/gone.md"]);
    expect(world.repository.files(BRANCH)).toHaveProperty(["a/7/x.ts"]);
  });

  test("is asked three times only when it has all files", async () => {
    await world.delivered(FIRST);
    await look(world.api, FIRST);
    expect(world.github.calls.map(({ path }) => path)).toEqual([
      `/repos/${NAME}`,
      `/repos/${NAME}/branches/main`,
      expect.stringMatching(/\/git\/trees\/[0-9a-f]{40}\?recursive=1$/),
    ]);
  });
});
