import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");

/** A project whose services can be changed: a copy of them, with the language that they are written in. */
export class NewProject {
  readonly root = mkdtempSync(join(tmpdir(), "gatehouse-test-"));

  constructor() {
    cpSync(join(ROOT, "services"), join(this.root, "services"), { recursive: true });
    symlinkSync(join(ROOT, "declaration"), join(this.root, "declaration"));
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }

  /** Every file of services/ with its text. */
  services(): Readonly<Record<string, string>> {
    const names = readdirSync(join(this.root, "services")).toSorted();
    return Object.fromEntries(names.map((name) => [name, this.read(`services/${name}`)]));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
