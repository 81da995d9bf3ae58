import { DELIVERY_TITLE } from "../../operations/delivery-body";
import { MANIFEST } from "../../workflows/manifest";
import { BRANCH, contentsOf, DeliveryWorld, FIRST, NAME, renderedFiles } from "./delivery-world";

let world: DeliveryWorld;
beforeAll(async () => {
  world = await DeliveryWorld.start();
});
beforeEach(() => world.renew());
afterEach(() => expect(world.github.problems).toEqual([]));
afterAll(() => world.github.close());

const SECOND = renderedFiles({ ".github/ci.yml": "on: pull_request\n", "docs/b.md": "# B\n", "run.sh": "#!/bin/sh\n" });
const bodyOf = (number: number) => world.repository.pulls.find((pull) => pull.number === number)?.body ?? "";

describe("the pull request of a service's files", () => {
  test("is opened with one commit on top of the default branch, and main is left alone", async () => {
    const main = world.repository.branches.get("main");
    expect(await world.deliver(FIRST)).toEqual({
      state: "opened",
      pullRequest: { number: 1, url: `https://github.com/${NAME}/pull/1` },
    });
    expect(world.files(BRANCH)).toEqual(contentsOf(FIRST));
    expect(world.repository.files(BRANCH)["README.md"]).toBe("# POS\n");
    expect(world.parents).toEqual([main]);
    expect(world.repository.branches.get("main")).toBe(main);
    const stored = world.repository.store.files(world.repository.branches.get(BRANCH) ?? "");
    expect(stored.get("run.sh")?.mode).toBe("100755");
    expect(stored.get("docs/a.md")?.mode).toBe("100644");
    expect(world.repository.pulls[0]).toMatchObject({ title: DELIVERY_TITLE, base: "main", head: BRANCH });
    expect(world.github.writes).toEqual([
      `POST /repos/${NAME}/git/trees`,
      `POST /repos/${NAME}/git/commits`,
      `POST /repos/${NAME}/git/refs`,
      `POST /repos/${NAME}/pulls`,
    ]);
  });

  test("is written once: a second run changes nothing", async () => {
    await world.deliver(FIRST);
    world.github.calls.length = 0;
    expect(await world.deliver(FIRST)).toMatchObject({ state: "waiting", pullRequest: { number: 1 } });
    expect(world.github.writes).toEqual([]);
  });

  test("brings what changed, what is new and what is no longer rendered, and then there is nothing more", async () => {
    await world.delivered(FIRST);
    expect(await world.deliver(FIRST)).toEqual({ state: "same" });
    expect(world.github.calls.map(({ method }) => method)).toEqual(["GET", "GET", "GET", "GET"]);
    expect(await world.deliver(SECOND)).toMatchObject({ state: "opened", pullRequest: { number: 2 } });
    expect(world.files(BRANCH)).toEqual(contentsOf(SECOND));
    expect(bodyOf(2)).toContain("| docs&#47;a&#46;md | no longer rendered&#58; removed |".replace("&#47;", "/"));
    world.repository.merge(2);
    expect(await world.deliver(SECOND)).toEqual({ state: "same" });
  });

  test("is brought up to date when what is rendered changes: the branch is made anew, still with one commit", async () => {
    await world.deliver(FIRST);
    expect(await world.deliver(SECOND)).toMatchObject({ state: "refreshed", pullRequest: { number: 1 } });
    expect(world.files(BRANCH)).toEqual(contentsOf(SECOND));
    expect(world.parents).toEqual([world.repository.branches.get("main")]);
    expect(world.open).toEqual([1]);
    expect(bodyOf(1)).toContain("docs/b");
    expect(bodyOf(1)).not.toContain("docs/a");
  });

  test("is left alone when main goes on elsewhere, and made anew when main changes one of its files", async () => {
    await world.deliver(FIRST);
    world.repository.push("main", { "src/index.ts": "mine\n" });
    world.github.calls.length = 0;
    expect(await world.deliver(FIRST)).toMatchObject({ state: "waiting" });
    expect(world.github.writes).toEqual([]);
    world.repository.push("main", { "docs/a.md": "# Mine\n" });
    expect(await world.deliver(FIRST)).toMatchObject({ state: "refreshed" });
    expect(world.parents).toEqual([world.repository.branches.get("main")]);
    expect(world.files(BRANCH)).toEqual({ ...contentsOf(FIRST), "src/index.ts": "mine\n" });
  });

  test("stays as it is after its branch was brought up to date by GitHub's button", async () => {
    await world.deliver(FIRST);
    const main = world.repository.push("main", { "src/index.ts": "mine\n" });
    const { store, branches } = world.repository;
    const head = branches.get(BRANCH) ?? "";
    world.repository.commit(BRANCH, new Map([...store.files(main), ...store.files(head)]), [head, main]);
    world.github.calls.length = 0;
    expect(await world.deliver(FIRST)).toMatchObject({ state: "waiting" });
    expect(world.github.writes).toEqual([]);
    expect(await world.deliver(SECOND)).toMatchObject({ state: "refreshed" });
  });

  test("leaves files alone that aren't Gatehouse's", async () => {
    await world.delivered(FIRST);
    world.repository.push("main", { "docs/mine.md": "# Mine\n", "docs/a2.md": "x\n" });
    await world.deliver(SECOND);
    world.repository.merge(2);
    expect(world.repository.files("main")).toMatchObject({ "docs/mine.md": "# Mine\n", "docs/a2.md": "x\n" });
  });
});

describe("what people did to files", () => {
  test("an edit is shown both ways, and replaced", async () => {
    await world.delivered(FIRST);
    world.repository.push("main", { "docs/a.md": "# Mine\n" });
    expect(await world.deliver(FIRST)).toMatchObject({ state: "opened", pullRequest: { number: 2 } });
    expect(world.files(BRANCH)["docs/a.md"]).toBe("# A\n");
    expect(bodyOf(2)).toContain("> Edited by hand since they were delivered: `docs/a.md`.");
    expect(bodyOf(2)).toMatch(/What was done by hand:\n\n```diff\n[^`]*-# A\n\+# Mine\n```/);
    expect(bodyOf(2)).toMatch(/What this does:\n\n```diff\n[^`]*-# Mine\n\+# A\n```/);
  });

  test("a deleted file is put back, and one that was made executable is made what it was", async () => {
    await world.delivered(FIRST);
    const { mode: _, sha } = world.repository.blob("# A\n");
    world.repository.push("main", { "run.sh": undefined, "docs/a.md": { mode: "100755", sha } });
    await world.deliver(FIRST);
    const stored = world.repository.store.files(world.repository.branches.get(BRANCH) ?? "");
    expect([stored.get("run.sh")?.mode, stored.get("docs/a.md")?.mode]).toEqual(["100755", "100644"]);
    expect(bodyOf(2)).toContain("deleted by hand since it was delivered&#58; put back");
    expect(bodyOf(2)).toContain("its mode was changed by hand; becomes not executable");
  });

  test("a file that was there before anything was delivered is shown, and replaced", async () => {
    world.repository.push("main", { "docs/a.md": "# Ours for years\n" });
    await world.deliver(FIRST);
    expect(bodyOf(1)).toContain("was there before, not by Gatehouse&#58; what it has is replaced");
    expect(bodyOf(1)).toContain("-# Ours for years\n+# A");
    expect(world.files(BRANCH)).toEqual(contentsOf(FIRST));
  });

  test("a file that is no longer rendered and was edited stays, and is no longer Gatehouse's", async () => {
    await world.delivered(FIRST);
    world.repository.push("main", { "docs/a.md": "# Mine\n" });
    await world.deliver(SECOND);
    expect(world.files(BRANCH)).toEqual({ ...contentsOf(SECOND), "docs/a.md": "# Mine\n" });
    expect(bodyOf(2)).toContain("it stays, and is no longer Gatehouse's");
    world.repository.merge(2);
    expect(await world.deliver(SECOND)).toEqual({ state: "same" });
  });

  test("commits of others on the branch are never thrown away", async () => {
    await world.deliver(FIRST);
    world.repository.push(BRANCH, { "src/index.ts": "mine\n" });
    world.repository.push(BRANCH, { "src/other.ts": "mine too\n" });
    // As long as there is nothing to write, they harm nobody.
    expect(await world.deliver(FIRST)).toMatchObject({ state: "waiting" });
    world.github.calls.length = 0;
    await expect(world.deliver(SECOND)).rejects.toThrow(
      `${BRANCH} of ${NAME} has changes that are not Gatehouse's: src/index.ts, src/other.ts\n` +
        "merge its pull request, or take them off the branch (deleting it will do), and run this again",
    );
    expect(world.github.writes).toEqual([]);
  });

  test("an edit of a generated file on the branch is someone's work too", async () => {
    await world.deliver(FIRST);
    world.repository.push(BRANCH, { "docs/a.md": "# Mine\n" });
    await expect(world.deliver(FIRST)).rejects.toThrow("has changes that are not Gatehouse's: docs/a.md");
    world.repository.push(BRANCH, { "docs/a.md": "# A\n", [MANIFEST]: undefined });
    await expect(world.deliver(FIRST)).rejects.toThrow("has changes that are not Gatehouse's");
  });
});

describe("a pull request that was closed", () => {
  beforeEach(async () => {
    await world.deliver(FIRST);
    const [pull] = world.repository.pulls;
    if (pull !== undefined) pull.state = "closed";
    world.github.calls.length = 0;
  });

  test("by a person is not opened again, and no other one is opened", async () => {
    expect(await world.deliver(FIRST)).toMatchObject({ state: "turned down", pullRequest: { number: 1 } });
    expect(await world.deliver(SECOND)).toMatchObject({ state: "turned down" });
    expect(world.github.writes).toEqual([]);
  });

  test("is opened again when that is asked for, and brought up to date", async () => {
    expect(await world.deliver(SECOND, { reopen: true })).toMatchObject({
      state: "reopened",
      pullRequest: { number: 1 },
    });
    expect(world.open).toEqual([1]);
    expect(world.files(BRANCH)).toEqual(contentsOf(SECOND));
    expect(await world.deliver(SECOND)).toMatchObject({ state: "waiting" });
  });

  test.each<[string, () => void]>([
    ["gone", () => world.repository.branches.delete(BRANCH)],
    ["made anew", () => world.repository.push(BRANCH, {})],
  ])("can't be opened again when its branch is %s: then another one is", async (_what, change) => {
    change();
    expect(await world.deliver(SECOND, { reopen: true })).toMatchObject({
      state: "opened",
      pullRequest: { number: 2 },
    });
    expect(world.open).toEqual([2]);
    expect(world.files(BRANCH)).toEqual(contentsOf(SECOND));
  });
});

describe("a pull request with nothing left to deliver", () => {
  test("is closed by Gatehouse, which says why, and is no refusal of the next one", async () => {
    await world.deliver(FIRST);
    world.repository.push("main", contentsOf(FIRST));
    const tree = world.repository.store.files(world.repository.branches.get("main") ?? "");
    tree.set("run.sh", world.repository.blob("#!/bin/sh\n", "100755"));
    world.repository.commit("main", tree, [world.repository.branches.get("main") ?? ""]);
    expect(await world.deliver(FIRST)).toMatchObject({ state: "withdrawn", pullRequest: { number: 1 } });
    expect(world.open).toEqual([]);
    expect(bodyOf(1)).toContain("Nothing is left to deliver: `main` has all files as they are rendered.");
    world.github.calls.length = 0;
    expect(await world.deliver(FIRST)).toEqual({ state: "same" });
    expect(world.github.writes).toEqual([]);
    expect(await world.deliver(SECOND)).toMatchObject({ state: "opened", pullRequest: { number: 2 } });
  });
});

describe("the body of the pull request", () => {
  test("says which commit the declaration is of, where that is known", async () => {
    const sha = "a".repeat(40);
    const environment = {
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_REPOSITORY: "example/gatehouse",
      GITHUB_SHA: sha,
    };
    await world.deliver(FIRST, { environment });
    expect(bodyOf(1)).toContain(`at [${sha.slice(0, 12)}](https://github.com/example/gatehouse/commit/${sha})`);
    expect(bodyOf(1)).toMatch(/^<!-- gatehouse:files [0-9a-f]{16} -->\n/);
  });

  test("is not too long, whatever the files, and keeps what people did", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`docs/${index}.md`, `${index}\n`.repeat(150)]),
    );
    await world.delivered(renderedFiles({ ...many, "run.sh": "#!/bin/sh\n" }));
    world.repository.push("main", { "run.sh": "#!/bin/sh\necho mine\n" });
    const changed = Object.fromEntries(Object.keys(many).map((path) => [path, `${path}\n`.repeat(150)]));
    await world.deliver(renderedFiles({ ...changed, "run.sh": "#!/bin/sh\n" }));
    expect(bodyOf(2).length).toBeLessThanOrEqual(65_536);
    expect(bodyOf(2)).toContain("+echo mine");
  });

  test("shows hostile contents as they are", async () => {
    world.repository.push("main", { "docs/a.md": "```\n@everyone <script>\n````\n" });
    await world.deliver(FIRST);
    expect(bodyOf(1)).toContain("`````diff\n");
  });
});

describe("large files", () => {
  const large = `${"x".repeat(1023)}\n`.repeat(1024);

  test("of a megabyte go alone, and are read again", async () => {
    await world.deliver(renderedFiles({ "docs/large.md": large, "docs/a.md": "# A\n" }));
    expect(world.github.writes[0]).toBe(`POST /repos/${NAME}/git/blobs`);
    expect(world.files(BRANCH)["docs/large.md"]).toBe(large);
    world.repository.merge(1);
    await world.deliver(renderedFiles({ "docs/large.md": `${large}more\n`, "docs/a.md": "# A\n" }));
    expect(world.files(BRANCH)["docs/large.md"]).toBe(`${large}more\n`);
  });

  test("beyond GitHub's limit are refused, before anything is written", async () => {
    const huge = "x".repeat(100 * 1024 * 1024 + 1);
    await expect(world.deliver(renderedFiles({ "docs/huge.md": huge }))).rejects.toThrow(
      "docs/huge.md has 104857601 bytes; GitHub takes no file of more than 104857600: render less into it",
    );
    expect(world.github.writes).toEqual([]);
  });
});
