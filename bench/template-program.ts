import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What synthesis reads. */
export const SOURCES: readonly string[] = [
  "main.ts",
  "charts",
  "declaration",
  "objectives",
  "workflows",
  "services",
  "constructs",
  "stacks",
  "package.json",
];

/**
 * The compiler options of cdktf's own template, where they matter for speed or for what is emitted
 * (cdktf-cli 0.21, templates/typescript/tsconfig.json), with the library and the strictness that these sources are written for.
 */
const TSCONFIG = {
  compilerOptions: {
    alwaysStrict: true,
    declaration: true,
    experimentalDecorators: true,
    inlineSourceMap: true,
    inlineSources: true,
    lib: ["es2023"],
    // The template's CommonJS would not find the parts of a package by its `exports`; what is emitted is the same.
    module: "NodeNext",
    noUncheckedIndexedAccess: true,
    esModuleInterop: true,
    resolveJsonModule: true,
    strict: true,
    target: "ES2022",
    types: ["node"],
  },
};

const DEEP_IMPORT =
  /^import (?<type>type )?\{(?<names>[^}]*)\} from "(?<package>@cdktf\/provider-[a-z]+)\/lib\/(?<file>[a-z0-9-]+)";$/gm;

/**
 * The same program in the way of cdktf's template: the providers are imported by their package's index, and `ts-node` compiles it, with types
 * checked. Lies in a temporary directory until `remove`.
 */
export async function templateProgram(root: string): Promise<{ readonly directory: string; remove(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), "gatehouse-template-"));
  for (const source of SOURCES) await cp(join(root, source), join(directory, source), { recursive: true });
  await symlink(join(root, "node_modules"), join(directory, "node_modules"));
  await writeFile(join(directory, "tsconfig.json"), JSON.stringify(TSCONFIG));
  let rewritten = 0;
  for (const entry of await readdir(directory, { recursive: true })) {
    if (!entry.endsWith(".ts") || entry.startsWith("node_modules")) continue;
    const path = join(directory, entry);
    const text = await readFile(path, "utf8");
    const changed = byIndex(text);
    if (changed !== text) rewritten += 1;
    await writeFile(path, changed);
  }
  if (rewritten === 0)
    throw new Error(`no import of a provider was found below ${root}; expected @cdktf/provider-<name>/lib/<file>`);
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}

/** `import { Team } from "@cdktf/provider-github/lib/team"` → the namespace `team` of the index, and `Team` as an alias of what is in it. */
export function byIndex(source: string): string {
  return source.replace(DEEP_IMPORT, (_line, type: string | undefined, names: string, index: string, file: string) => {
    const namespace = file.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    const alias = `${namespace}Namespace`;
    const aliases = names
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "")
      .map((name) => {
        const typeOnly = type !== undefined || name.startsWith("type ");
        const plain = name.replace(/^type /, "");
        return typeOnly ? `type ${plain} = ${alias}.${plain};` : `import ${plain} = ${alias}.${plain};`;
      });
    return [`import { ${namespace} as ${alias} } from "${index}";`, ...aliases].join("\n");
  });
}
