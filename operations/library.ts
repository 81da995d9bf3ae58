import { resolve } from "node:path";
import { libraryFiles } from "../workflows/library/library";
import { type Console, mark } from "./console";
import { EXIT } from "./failure";
import { contentOf, writeInside } from "./write-inside";

export interface LibraryOptions {
  /** Root of the repository that has the library. */
  readonly out: string;
  /** Write nothing; say whether the files are as they would be written. */
  readonly check: boolean;
}

/** `gatehouse library`: writes the reusable workflows that services call into the repository that keeps them, or compares them. */
export async function library({ out, check }: LibraryOptions, console: Console): Promise<number> {
  const root = resolve(out);
  let different = 0;
  for (const file of libraryFiles()) {
    if (!check) {
      const status = await writeInside(root, file);
      console.print(`${status === "unchanged" ? mark.skipped : mark.ok} ${status.padEnd(9)} ${file.path}`);
    } else if ((await contentOf(resolve(root, file.path))) === file.content) {
      console.print(`${mark.ok} ${file.path}`);
    } else {
      different += 1;
      console.print(`${mark.drift} ${file.path} is not what follows from workflows/library: npx gatehouse library`);
    }
  }
  return different === 0 ? EXIT.fine : EXIT.found;
}
