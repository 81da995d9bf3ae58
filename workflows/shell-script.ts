import { generatedBy } from "./generated-by";
import type { RenderedFile } from "./rendered-file";

/** Text, a list (a Bash array) or texts by key (an associative array). */
export type ShellConstant = string | number | readonly string[] | ReadonlyMap<string, string>;

export interface ShellScriptProps {
  /** Name of the service, for the header. */
  readonly service: string;
  /** Path in the repository. */
  readonly path: string;
  /** What the script does, for whoever opens it. */
  readonly about: readonly string[];
  /** Constants by name, at the head of the script. */
  readonly constants: Readonly<Record<string, ShellConstant>>;
  /** Bash, one after another. Bash's own `${…}` is written `$\{…}` in `String.raw`, or TypeScript would take it for its. */
  readonly parts: readonly string[];
}

/** A Bash script of a service's repository: what made it, strict mode, what the declaration says, then the code. */
export function shellScript(props: ShellScriptProps): RenderedFile {
  const constants = Object.entries(props.constants).map(([name, value]) => declaration(name, value));
  const head = [
    "#!/usr/bin/env bash",
    ...[...generatedBy(props.service), "", ...props.about].map((line) => `# ${line}`.trimEnd()),
    "set -euo pipefail",
    ...(constants.length === 0 ? [] : ["", ...constants]),
  ].join("\n");
  const body = props.parts.map((part) => part.trim().replaceAll("$\\{", "${"));
  return { path: props.path, content: `${[head, ...body].join("\n\n")}\n`, executable: true };
}

/** Text as one word of a shell. */
function quote(value: string | number): string {
  const text = String(value);
  return /^[\w./:@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function declaration(name: string, value: ShellConstant): string {
  if (value instanceof Map) {
    const entries = [...value].map(([key, text]: [string, string]) => `[${quote(key)}]=${quote(text)}`);
    return `declare -rA ${name}=(${entries.join(" ")})`;
  }
  if (Array.isArray(value)) return `readonly ${name}=(${value.map((item: string) => quote(item)).join(" ")})`;
  return `readonly ${name}=${quote(value as string | number)}`;
}
