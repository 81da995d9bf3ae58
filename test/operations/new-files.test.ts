import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { putFiles } from "../../operations/new-files";

describe("files are put in their places all together or not at all", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
    writeFileSync(join(root, "old"), "old");
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const texts = () =>
    Object.fromEntries(readdirSync(root).map((name) => [name, readFileSync(join(root, name), "utf8")]));

  it("new ones and changed ones, which keep their mode", () => {
    chmodSync(join(root, "old"), 0o640);
    putFiles(root, [
      { path: "new", content: "new" },
      { path: "old", content: "changed", before: "old" },
    ]);
    expect(texts()).toEqual({ new: "new", old: "changed" });
    expect(statSync(join(root, "old")).mode & 0o777).toBe(0o640);
  });

  it.each([
    ["one that can't be written", { path: "nowhere/file", content: "" }, /nothing was written: .*ENOENT/],
    ["one that is there meanwhile", { path: "old", content: "other" }, "old is there already; nothing was written"],
    [
      "one that was changed meanwhile",
      { path: "old", content: "b", before: "a" },
      "old was changed meanwhile; nothing was written",
    ],
  ])("%s leaves all as they were", (_, file, message) => {
    writeFileSync(join(root, "other"), "1");
    const before = texts();
    expect(() =>
      putFiles(root, [{ path: "new", content: "new" }, { path: "other", content: "2", before: "1" }, file]),
    ).toThrow(message);
    expect(texts()).toEqual(before);
  });
});
