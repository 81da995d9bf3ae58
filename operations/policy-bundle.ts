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

export const COMPILED = {
  wasm: "compiled/policies.wasm",
  /** What the annotations of the rules say: to read them out of all sources takes longer than to ask the rules. */
  rules: "compiled/rules.json",
  digests: "compiled/policies.sha256",
} as const;

/** The rules that are part of Gatehouse. */
export const POLICIES = join(__dirname, "../policies");

/** What rules compile to: files below their directory, the last with the digests of the sources and of the others. */
export function compiledFiles(
  sources: readonly RuleSource[],
  { rules, wasm }: PolicyBundle,
): readonly (readonly [path: string, content: Uint8Array])[] {
  const json = Buffer.from(`${JSON.stringify(rules, undefined, 2)}\n`);
  return [
    [COMPILED.wasm, wasm],
    [COMPILED.rules, json],
    [COMPILED.digests, Buffer.from(digestsOf(sources, wasm, json))],
  ];
}

/** As `sha256sum --check` takes them. */
function digestsOf(sources: readonly RuleSource[], wasm: Uint8Array, rules: Uint8Array): string {
  const files = [
    ...sources.map(({ path, text }) => [path, text] as const),
    [COMPILED.wasm, wasm] as const,
    [COMPILED.rules, rules] as const,
  ];
  return files.map(([path, bytes]) => `${createHash("sha256").update(bytes).digest("hex")}  ${path}\n`).join("");
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
  const read = (file: string) => readFile(join(directory, file)).catch(notThere);
  const [sources, wasm, rules, digests] = await Promise.all([
    ruleSources(directory),
    read(COMPILED.wasm),
    read(COMPILED.rules),
    read(COMPILED.digests),
  ]);
  if (wasm !== undefined && rules !== undefined && digests?.toString() === digestsOf(sources, wasm, rules))
    return { rules: JSON.parse(rules.toString()) as readonly PolicyRule[], wasm };
  // What can't be compiled is said first.
  rulesOf(sources);
  throw new Failure(
    `${directory}/${COMPILED.wasm} is not what these rules compile to\nexpected the digests of ${COMPILED.digests} to be those of the rules\nto do: npx gatehouse policy compile`,
  );
}

function notThere(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw error;
}
