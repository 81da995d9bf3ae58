import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { EVERY_ENTRYPOINT, everyRule } from "../policies/every-rule";
import { entrypointOf, type RuleSource } from "../policies/rule-source";
import { type Console, counted, mark } from "./console";
import { EXIT, Failure } from "./failure";
import { COMPILED, compiledFiles, POLICIES, ruleSources, rulesOf } from "./policy-bundle";

/** Another version compiles the same rules to other bytes. */
export const OPA = "1.22.0";

export interface CompileOptions {
  /** Write nothing; say whether the compiled rules are as they would be written. */
  readonly check: boolean;
  /** @default - Gatehouse's own rules */
  readonly directory?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** `gatehouse policy compile`: compiles the rules to WebAssembly with `opa`, or compares. */
export async function compile(
  { check, directory = POLICIES, environment }: CompileOptions,
  console: Console,
): Promise<number> {
  const sources = await ruleSources(directory);
  const rules = rulesOf(sources);
  const files = compiledFiles(sources, { rules, wasm: await compiled(sources, environment) });
  const path = join(directory, COMPILED.wasm);
  const number = counted(rules.length, "rule");
  if (!check) {
    await mkdir(dirname(path), { recursive: true });
    for (const [file, bytes] of files) await writeFile(join(directory, file), bytes);
    console.print(`${mark.ok} ${number} in ${path}`);
    return EXIT.fine;
  }
  for (const [file, bytes] of files) {
    const kept = await readFile(join(directory, file)).catch(() => undefined);
    if (kept?.equals(bytes) === true) continue;
    console.print(
      `${mark.drift} ${join(directory, file)} is not what the rules compile to: npx gatehouse policy compile`,
    );
    return EXIT.found;
  }
  console.print(`${mark.ok} ${path} is what ${number} compile to`);
  return EXIT.fine;
}

/** The rules as WebAssembly: the same bytes for the same rules, wherever they are compiled. */
export async function compiled(
  sources: readonly RuleSource[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Buffer> {
  const rules = rulesOf(sources);
  if (rules.length === 0) throw new Failure("no rule to compile: expected files policies/<pack>/<rule-id>.rego");
  const version = /^Version: (\S+)$/m.exec(await opa(["version"], undefined, environment))?.[1];
  if (version !== OPA)
    throw new Failure(
      `"opa" on PATH is version ${version ?? "unknown"}; expected ${OPA}, for another compiles to other bytes\nto do: go install github.com/open-policy-agent/opa@v${OPA}`,
    );
  // Places of rules are part of what they compile to: a directory of its own makes them the same everywhere.
  const directory = await mkdtemp(join(tmpdir(), "gatehouse-policies-"));
  try {
    for (const { path, text } of [...sources, { path: "every.rego", text: everyRule(rules) }]) {
      await mkdir(dirname(join(directory, path)), { recursive: true });
      await writeFile(join(directory, path), text);
    }
    const entrypoints = [EVERY_ENTRYPOINT, ...rules.map(({ name }) => entrypointOf(name))];
    const files = ["every.rego", ...sources.map(({ path }) => path)];
    await opa(
      [
        "build",
        "--target=wasm",
        "--output=bundle.tar.gz",
        ...entrypoints.map((each) => `--entrypoint=${each}`),
        ...files,
      ],
      directory,
      environment,
    );
    return policyOf(await readFile(join(directory, "bundle.tar.gz")));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function opa(
  args: readonly string[],
  cwd: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("opa", args, { cwd, env: environment, stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output.stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      output.stderr += text;
    });
    child.once("error", () =>
      reject(new Failure(`no "opa" on PATH\nto do: go install github.com/open-policy-agent/opa@v${OPA}`)),
    );
    child.once("close", (code) =>
      code === 0
        ? resolve(output.stdout)
        : reject(new Failure(`opa ${args[0]} failed (exit ${code})\n${`${output.stderr}${output.stdout}`.trim()}`)),
    );
  });
}

const BLOCK = 512;

/** `/policy.wasm` of a bundle, which is a gzipped tar archive (https://www.openpolicyagent.org/docs/latest/management-bundles/). */
function policyOf(bundle: Buffer): Buffer {
  const archive = gunzipSync(bundle);
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const name = archive.toString("utf8", at, at + 100).replace(/\0.*$/s, "");
    const size = Number.parseInt(archive.toString("ascii", at + 124, at + 136), 8);
    if (name === "/policy.wasm") return archive.subarray(at + BLOCK, at + BLOCK + size);
    if (name === "" || Number.isNaN(size)) break;
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  throw new Failure("opa built a bundle without /policy.wasm");
}
