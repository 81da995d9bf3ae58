import { parse, YAMLParseError } from "yaml";
import { type PolicyRule, RuleMetadata } from "./rule";

/** A file of `policies/`: its path below that directory, and its text. */
export interface RuleSource {
  readonly path: string;
  readonly text: string;
}

/** A rule whose file can't be what it says it is. The message lists everything that is wrong with it. */
export class RuleSourceError extends Error {
  override readonly name = "RuleSourceError";
}

/**
 * The rule of a file, by the annotation at its head.
 * @throws RuleSourceError
 */
export function ruleOfSource({ path, text }: RuleSource): PolicyRule {
  const [, pack, id] = /^([a-z]+)\/([a-z0-9-]+)\.rego$/.exec(path) ?? [];
  if (pack === undefined || id === undefined)
    throw new RuleSourceError(
      `policies/${path}: expected policies/<pack>/<rule-id>.rego, lower-case letters, digits and dashes`,
    );
  const metadata = RuleMetadata.safeParse(annotation(path, text));
  if (!metadata.success) {
    const problems = metadata.error.issues.map(
      (issue) => `  ${issue.path.join(".") || "the annotation"}: ${issue.message}`,
    );
    throw new RuleSourceError(`policies/${path}: its METADATA is not that of a rule\n${problems.join("\n")}`);
  }
  const { title, description, custom } = metadata.data;
  if (custom.id !== id)
    throw new RuleSourceError(`policies/${path}: its id is "${custom.id}"; expected "${id}", the name of the file`);
  const expected = `package ${packageOf(pack, id)}`;
  if (!text.split("\n").includes(expected))
    throw new RuleSourceError(`policies/${path}: expected the line "${expected}": reports find its answers there`);
  return {
    name: `${pack}/${id}`,
    pack,
    title,
    description: description.trim(),
    level: custom.level,
    phases: custom.phases,
    stages: custom.stages,
    reason: custom.reason,
    remedy: custom.remedy,
    links: custom.links,
    external: custom.external,
  };
}

/** The Rego package of a rule. */
export function packageOf(pack: string, id: string): string {
  return `gatehouse.${pack}.${id.replaceAll("-", "_")}`;
}

/** Where the compiled rules answer for one of them. */
export function entrypointOf(rule: string): string {
  const [pack = "", id = ""] = rule.split("/");
  return `${packageOf(pack, id).replaceAll(".", "/")}/deny`;
}

/** A YAML comment block that begins with `# METADATA`, as OPA reads it. */
function annotation(path: string, text: string): unknown {
  const lines = text.split("\n");
  if (lines[0] !== "# METADATA")
    throw new RuleSourceError(
      `policies/${path}: expected "# METADATA" on the first line, with title, description and custom below it`,
    );
  const end = lines.findIndex((line, index) => index > 0 && !line.startsWith("#"));
  const yaml = lines.slice(1, end).map((line) => line.replace(/^# ?/, ""));
  try {
    return parse(yaml.join("\n"));
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new RuleSourceError(`policies/${path}: its METADATA is no YAML: ${error.message}`);
  }
}
