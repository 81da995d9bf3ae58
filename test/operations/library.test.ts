import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { library } from "../../operations/library";
import { libraryFiles } from "../../workflows/library/library";
import { RecordingConsole } from "./recording-console";

describe("gatehouse library", () => {
  let out: string;
  let console: RecordingConsole;
  beforeEach(() => {
    out = mkdtempSync(join(tmpdir(), "gatehouse-library-"));
    console = new RecordingConsole();
  });
  afterEach(() => rmSync(out, { recursive: true, force: true }));

  test("writes every workflow, and a second time changes nothing", async () => {
    await expect(library({ out, check: false }, console)).resolves.toBe(0);
    for (const { path, content } of libraryFiles()) expect(readFileSync(join(out, path), "utf8")).toBe(content);
    const again = new RecordingConsole();
    await library({ out, check: false }, again);
    for (const line of again.printed) expect(line).toMatch(/^– unchanged \.github\/workflows\/wf-reuse-/);
    await expect(library({ out, check: true }, console)).resolves.toBe(0);
  });

  test("says which file is edited or missing, and writes nothing then", async () => {
    await library({ out, check: false }, new RecordingConsole());
    writeFileSync(join(out, ".github/workflows/wf-reuse-test.yml"), "edited\n");
    rmSync(join(out, ".github/workflows/wf-reuse-scan.yml"));
    await expect(library({ out, check: true }, console)).resolves.toBe(2);
    expect(console.printed.filter((line) => line.startsWith("≠"))).toEqual([
      "≠ .github/workflows/wf-reuse-test.yml is not what follows from workflows/library: npx gatehouse library",
      "≠ .github/workflows/wf-reuse-scan.yml is not what follows from workflows/library: npx gatehouse library",
    ]);
    expect(readFileSync(join(out, ".github/workflows/wf-reuse-test.yml"), "utf8")).toBe("edited\n");
  });

  test("follows no link out of the directory", async () => {
    symlinkSync(tmpdir(), join(out, ".github"));
    await expect(library({ out, check: false }, console)).rejects.toThrow(/\.github is a symbolic link; remove it/);
  });
});
