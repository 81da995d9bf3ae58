import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileBeside, replaceFile } from "../../operations/file-beside";

const LOADER = join(__dirname, "../../loader.cjs");
const MODULE = join(__dirname, "../../operations/file-beside.ts");

describe("a file is written beside its place, and moved there", () => {
  let root: string;
  let file: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
    file = join(root, "file");
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const read = () => readFileSync(file, "utf8");
  const modeOf = (path: string) => statSync(path).mode & 0o777;

  /** Arguments of Node for a script in which `replaceFile` and the place are at hand. */
  const script = (text: string) => [
    "-r",
    LOADER,
    "-e",
    `const { replaceFile } = require(process.argv[1]); const place = process.argv[2]; ${text}`,
    MODULE,
    file,
  ];
  /** Runs one in a process of its own, which the shell has limited. */
  const limited = (limits: string, text: string) =>
    spawnSync("bash", ["-c", `${limits}; exec "$@"`, "bash", process.execPath, ...script(text)], { encoding: "utf8" });

  describe.each([[true], [false]])("durable: %s", (durable) => {
    test("it replaces what stands there, with nothing left beside", () => {
      replaceFile(file, "old", { durable });
      replaceFile(file, Buffer.from("new"), { durable });
      expect(read()).toBe("new");
      expect(readdirSync(root)).toEqual(["file"]);
    });

    test("it is created once: what stands there stays, be it a link", () => {
      const first = new FileBeside(file, "first", { durable, mode: 0o444 });
      expect(first.create()).toBe(true);
      expect(first.isInPlace).toBe(true);
      first.drop();
      symlinkSync("nowhere", join(root, "link"));
      for (const name of ["file", "link"]) {
        const second = new FileBeside(join(root, name), "second", { durable });
        expect(second.create()).toBe(false);
        expect(second.isInPlace).toBe(false);
        second.drop();
      }
      expect(read()).toBe("first");
      expect(modeOf(file)).toBe(0o444);
      expect(readdirSync(root)).toEqual(["file", "link"]);
    });
  });

  test("the permissions of what it replaces are kept, whatever the umask", () => {
    for (const mode of [0o600, 0o664, 0o755]) {
      writeFileSync(file, "old");
      chmodSync(file, mode);
      replaceFile(file, "new", { durable: false });
      expect(modeOf(file)).toBe(mode);
    }
  });

  test("those of a new file are less the umask", () => {
    const { stderr } = limited("umask 077", "replaceFile(place, 'new', { durable: true })");
    expect(stderr).toBe("");
    expect(modeOf(file)).toBe(0o600);
  });

  test("a link in its place is replaced, and nothing is written where it leads", () => {
    writeFileSync(join(root, "elsewhere"), "theirs");
    symlinkSync("elsewhere", file);
    replaceFile(file, "new", { durable: false });
    expect(lstatSync(file).isFile()).toBe(true);
    expect(read()).toBe("new");
    expect(readFileSync(join(root, "elsewhere"), "utf8")).toBe("theirs");
  });

  test("a disk that is full in the middle leaves what stands there, and nothing beside", () => {
    writeFileSync(file, "old");
    // No file may be longer than a kilobyte: the second one finds no room.
    const { stderr } = limited("ulimit -f 1", "replaceFile(place, 'x'.repeat(1025), { durable: true })");
    expect(stderr).toContain("EFBIG");
    expect(read()).toBe("old");
    expect(readdirSync(root)).toEqual(["file"]);
  });

  test("what can't be moved to its place leaves nothing beside", () => {
    expect(() => replaceFile(join(root, "nowhere/file"), "new", { durable: true })).toThrow("ENOENT");
    const directory = mkdtempSync(join(root, "directory-"));
    expect(() => replaceFile(directory, "new", { durable: true })).toThrow("EISDIR");
    expect(readdirSync(root)).toHaveLength(1);
  });

  test("whoever is killed leaves the old one or the new one, each whole", async () => {
    const endless = `
      const texts = ["a", "b"].map((letter) => letter.repeat(1_000_000));
      for (let turn = 0; ; turn++) {
        replaceFile(place, texts[turn % 2], { durable: false });
        if (turn === 1) require("node:fs").writeSync(1, "ready");
      }`;
    const isWhole = () => ["a", "b"].map((letter) => letter.repeat(1_000_000)).includes(read());
    for (let kill = 0; kill < 3; kill++) {
      const child = spawn(process.execPath, script(endless), { stdio: ["ignore", "pipe", "inherit"] });
      const closed = once(child, "close");
      await once(child.stdout, "data");
      const looks = Array.from({ length: 20 }, isWhole);
      child.kill("SIGKILL");
      await closed;
      expect(looks).not.toContain(false);
      expect(isWhole()).toBe(true);
    }
  });

  test("what the killed left is in nobody's way, and is removed an hour later; what others have is let alone", () => {
    const left = join(root, ".123e4567-e89b-42d3-a456-426614174000.new");
    const theirs = join(root, ".config.new");
    for (const path of [left, theirs]) writeFileSync(path, "half");
    replaceFile(file, "new", { durable: false });
    expect(readdirSync(root)).toHaveLength(3);
    const long = Date.now() / 1000 - 3601;
    for (const path of [left, theirs]) utimesSync(path, long, long);
    replaceFile(file, "newer", { durable: false });
    expect(readdirSync(root)).toEqual([".config.new", "file"]);
  });
});
