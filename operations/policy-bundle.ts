import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { PolicyRule } from "../policies/rule";
import { type RuleSource, RuleSourceError, ruleOfSource } from "../policies/rule-source";
import { Failure } from "./failure";

/** The rules of a directory, and what they were compiled to. */
export interface PolicyBundle {
  readonly rules: readonly PolicyRule[];
  readonly wasm: Uint8Array;
}

export const COMPILED = { wasm: "compiled/policies.wasm", digests: "compiled/sources.sha256" } as const;

/** The rules that are part of Gatehouse. */
export const POLICIES = join(__dirname, "../policies");

/** Text of `compiled/sources.sha256`, which `sha256sum --check` takes. */
export function digestsOf(sources: readonly RuleSource[]): string {
  return sources.map(({ path, text }) => `${createHash("sha256").update(text).digest("hex")}  ${path}\n`).join("");
}

/** The rules of a directory and what they share (`lib/`), without their tests, in the order of their names. */
export async function ruleSources(directory: string): Promise<readonly RuleSource[]> {
  const all = (await readdir(directory, { recursive: true })).map((path) => path.replaceAll("\\", "/"));
  const paths = all.filter((path) => path.endsWith(".rego") && !path.endsWith("_test.rego")).sort();
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(join(directory, path), "utf8") })));
}

/** What several rules share is no rule itself. */
const SHARED = /^lib\//;

/** The rules of sources. Everything that is wrong with any of them is said at once. */
export function rulesOf(sources: readonly RuleSource[]): readonly PolicyRule[] {
  const problems: string[] = [];
  const rules = sources.flatMap((source) => {
    if (SHARED.test(source.path)) return [];
    try {
      return [ruleOfSource(source)];
    } catch (error) {
      if (!(error instanceof RuleSourceError)) throw error;
      problems.push(error.message);
      return [];
    }
  });
  if (problems.length > 0) throw new Failure(problems.join("\n"));
  return rules;
}

/**
 * Reads rules and what they were compiled to.
 * @throws Failure when what is compiled is not of these sources
 */
export async function readBundle(directory: string): Promise<PolicyBundle> {
  const sources = await ruleSources(directory);
  const rules = rulesOf(sources);
  const [wasm, digests] = await Promise.all([
    readFile(join(directory, COMPILED.wasm)).catch(notThere),
    readFile(join(directory, COMPILED.digests), "utf8").catch(notThere),
  ]);
  if (wasm === undefined || digests !== digestsOf(sources))
    throw new Failure(
      `${directory}/${COMPILED.wasm} is not what these rules compile to\nexpected the digests of ${COMPILED.digests} to be those of the rules\nto do: npx gatehouse policy compile`,
    );
  return { rules, wasm };
}

function notThere(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw error;
}
