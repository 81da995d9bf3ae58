import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { World } from "../../sandbox/world";

let directory: string;
const opened: World[] = [];

function open(): World {
  const world = new World(directory);
  opened.push(world);
  return world;
}

/** Ends a world as a killed process would: without a word, but the lock's holder is dead. */
function kill(world: World): void {
  world.close();
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "world-"));
});

afterEach(() => {
  for (const world of opened.splice(0)) {
    world.close();
  }
  rmSync(directory, { recursive: true, force: true });
});

describe("a world in a directory", () => {
  test("survives with its objects and its numbers", () => {
    const world = open();
    world.create("github_repository", "pos", { name: "pos" });
    world.create("github_repository", "hot", { name: "hot" });
    world.edit("github_repository", "pos", (attributes) => ({ ...attributes, archived: true }));
    world.remove("github_repository", "hot");
    const number = world.nextNumber();
    world.close();
    const again = open();
    expect(again.list()).toEqual([
      { type: "github_repository", id: "pos", attributes: { name: "pos", archived: true } },
    ]);
    expect(again.nextNumber()).toBe(number + 1);
  });

  test("has one line for each mutation, and one line in all when it starts again", () => {
    const lines = () => readFileSync(join(directory, "world.jsonl"), "utf8").trimEnd().split("\n").length;
    const world = open();
    for (let i = 0; i < 20; i += 1) {
      world.create("github_issue_label", `pos:${i}`, {});
    }
    expect(lines()).toBe(21);
    world.close();
    open();
    expect(lines()).toBe(1);
  });

  test("leaves out a last line that a killed process cut off, and says so", () => {
    const world = open();
    world.create("github_repository", "pos", {});
    kill(world);
    appendFileSync(join(directory, "world.jsonl"), '{"put":[{"type":"github_repo');
    const again = open();
    expect(again.list().map(({ id }) => id)).toEqual(["pos"]);
    expect(again.notices).toEqual([expect.stringContaining("the last line was cut off")]);
  });

  test("is refused if a line within is broken: a killed process can't have done that", () => {
    writeFileSync(join(directory, "world.jsonl"), 'nonsense\n{"put":[],"removed":[],"next":1}\n');
    expect(() => open()).toThrow(/line 1 is not JSON: nonsense.*Delete the directory to start an empty world/s);
    writeFileSync(join(directory, "world.jsonl"), "");
    expect(() => open()).not.toThrow();
  });

  test("belongs to one process at a time", () => {
    open();
    expect(() => open()).toThrow(new RegExp(`is in use by process ${process.pid}. Stop that sandbox`));
  });

  test("is taken over from a process that is dead", () => {
    // Beyond the largest process number that any system gives out.
    writeFileSync(join(directory, "world.lock"), "2147483646");
    expect(() => open()).not.toThrow();
  });
});

describe("changes that belong together", () => {
  test("happen wholly or not at all, numbers included", () => {
    const world = open();
    world.create("a", "1", { old: true });
    const before = readFileSync(join(directory, "world.jsonl"), "utf8");
    const changes = () =>
      world.transaction(() => {
        world.put({ type: "a", id: "1", attributes: {} });
        world.put({ type: "a", id: "2", attributes: {} });
        world.remove("a", "1");
        world.nextNumber();
        throw new Error("refused");
      });
    expect(changes).toThrow("refused");
    expect(world.list()).toEqual([{ type: "a", id: "1", attributes: { old: true } }]);
    expect(readFileSync(join(directory, "world.jsonl"), "utf8")).toBe(before);
    expect(world.nextNumber()).toBe(new World().nextNumber());
  });

  test("are one line", () => {
    const world = open();
    world.transaction(() => {
      world.create("a", "1", {});
      world.create("b", "1", {});
      world.remove("a", "1");
    });
    const [, line] = readFileSync(join(directory, "world.jsonl"), "utf8").split("\n");
    expect(JSON.parse(line ?? "")).toMatchObject({ put: [{ type: "b", id: "1" }], removed: [{ type: "a", id: "1" }] });
  });
});

describe("somebody who changes the world by hand", () => {
  test("is told what there is if there is nothing to edit", () => {
    const world = new World();
    world.create("github_repository", "pos", {});
    expect(() => world.edit("github_repository", "hot", (attributes) => attributes)).toThrow(
      "the world has no github_repository hot to edit; it has pos.",
    );
  });

  test("can't create what exists", () => {
    const world = new World();
    world.create("github_repository", "pos", {});
    expect(() => world.create("github_repository", "pos", {})).toThrow("already has a github_repository pos");
  });

  test("finds by any attribute", () => {
    const world = new World();
    world.create("github_team", "1", { slug: "pos" });
    expect(world.find("github_team", ({ slug }) => slug === "pos")?.id).toBe("1");
    expect(world.find("github_team", ({ slug }) => slug === "hot")).toBeUndefined();
    expect(world.remove("github_team", "2")).toBe(false);
  });

  test("changes a copy: what another holds stays as it was", () => {
    const world = new World();
    const before = world.create("a", "1", { list: ["x"] });
    world.edit("a", "1", (attributes) => {
      (attributes.list as string[]).push("y");
      return attributes;
    });
    expect(before.attributes).toEqual({ list: ["x"] });
    expect(world.get("a", "1")?.attributes).toEqual({ list: ["x", "y"] });
  });
});

describe("objects by a name of theirs", () => {
  test("are found as they are now, also after changes, removals and what was undone", () => {
    const world = new World();
    const named = (name: string) => world.named("a", name, ({ title }) => String(title)).map(({ id }) => id);
    world.create("a", "1", { title: "x" });
    expect(named("x")).toEqual(["1"]);
    world.create("a", "2", { title: "x" });
    world.edit("a", "1", () => ({ title: "y" }));
    expect([named("x"), named("y")]).toEqual([["2"], ["1"]]);
    const undone = () =>
      world.transaction(() => {
        world.remove("a", "1");
        world.edit("a", "2", () => ({ title: "z" }));
        throw new Error("refused");
      });
    expect(undone).toThrow("refused");
    expect([named("x"), named("y"), named("z")]).toEqual([["2"], ["1"], []]);
    world.remove("a", "2");
    expect(named("x")).toEqual([]);
  });
});

describe("what a killed run made but never told Terraform", () => {
  test("is an orphan after the next start, until Terraform asks for it", () => {
    const world = open();
    const made = world.put({ type: "a", id: "1", attributes: {}, unconfirmed: true });
    expect(world.isOrphan(made)).toBe(false);
    kill(world);
    const again = open();
    const [found] = again.list();
    expect(found === undefined ? undefined : again.isOrphan(found)).toBe(true);
    again.confirm("a", "1");
    const [confirmed] = again.list();
    expect(confirmed === undefined ? undefined : again.isOrphan(confirmed)).toBe(false);
  });
});
