import { existsSync, lstatSync, realpathSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { type AuditEntry, LAST_PLACE, sha256 } from "../declaration/audit-entry";
import { Failure } from "./failure";
import { replaceFile } from "./file-beside";

const Witness = z.strictObject({ trail: z.uuid(), sequence: z.int().min(1).max(LAST_PLACE), digest: sha256 });

/**
 * The newest entry that somebody saw, kept away from the trail. A chain can't miss what was cut off at its end, nor a whole chain that was put in
 * its place: who keeps this can.
 */
export type AuditWitness = Readonly<z.infer<typeof Witness>>;

export function witnessOf({ trail, sequence }: AuditEntry, digest: string): AuditWitness {
  return { trail, sequence, digest };
}

/**
 * Undefined where there is no file yet: nobody has seen anything. A link that leads nowhere is a witness that can't be read.
 * @throws Failure when the file holds something else
 */
export async function readWitness(file: string): Promise<AuditWitness | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT" && !isLink(file)) return undefined;
    throw new Failure(`${file}: the witness can't be read: ${(error as Error).message}`);
  }
  try {
    return Witness.parse(JSON.parse(text));
  } catch {
    throw new Failure(
      `${file} holds no witness\nexpected what npx gatehouse audit append --json prints: {"trail":…,"sequence":…,"digest":…}; restore it from where it was kept, don't delete it`,
    );
  }
}

/** Where the file is a link, the witness is kept where it leads: the link was made to keep it away from here. */
export function writeWitness(file: string, witness: AuditWitness): void {
  replaceFile(existsSync(file) ? realpathSync(file) : file, `${JSON.stringify(witness)}\n`, { durable: true });
}

/** One that leads nowhere is no first time: what it led to is gone, or not mounted. */
function isLink(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}
