import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Fleet } from "../declaration/fleet";
import type { PlannedFile } from "./new-files";

/** What a copy of the project needn't have: what is made, and what is large. */
const LEFT_OUT = new Set(["services", "node_modules", ".git", ".gatehouse", "cdktf.out"]);

/** The fleet as it would be loaded from the project with these files, which are only put into a copy. */
export function loadedWith(root: string, files: readonly PlannedFile[]): Fleet {
  const copy = mkdtempSync(join(tmpdir(), "gatehouse-new-"));
  try {
    for (const entry of readdirSync(root))
      if (!LEFT_OUT.has(entry)) symlinkSync(resolve(root, entry), join(copy, entry));
    cpSync(join(root, "services"), join(copy, "services"), { recursive: true });
    for (const { path, content } of files) {
      mkdirSync(dirname(join(copy, path)), { recursive: true });
      writeFileSync(join(copy, path), content);
    }
    return (require(join(copy, "services/fleet.ts")) as { readonly fleet: Fleet }).fleet;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
