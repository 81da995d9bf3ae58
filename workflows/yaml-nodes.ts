import { Document, type Node, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import { generatedBy } from "./generated-by";

/** Words that YAML 1.1 readers take for something else than text; numbers and dates begin with a digit, a sign or a dot. */
const NOT_TEXT = /^(?:[-+.\d~].*|y|yes|n|no|true|false|on|off|null)$/isu;
/** Invisible and line-breaking characters: some readers stumble over them, so they are written as escapes. */
const INVISIBLE = /[\p{Cf}\p{Zl}\p{Zp}\u0085\ufffe\uffff]/u;
const PLAIN = /^[A-Za-z_][\w ./@*()$-]*$/;

/** Text that every reader of YAML takes for text: quoted unless it is plain beyond doubt. */
export function text(content: string): Scalar {
  const expression = /^\$\{\{ [^"'#{}]* \}\}$/.test(content);
  return expression || (PLAIN.test(content) && !NOT_TEXT.test(content)) ? new Scalar(content) : quoted(content);
}

/** Text in quotes, plain or not. */
export function quoted(content: string): Scalar {
  const scalar = new Scalar(content);
  const single = /["\\]/.test(content) && !INVISIBLE.test(content);
  scalar.type = single ? Scalar.QUOTE_SINGLE : Scalar.QUOTE_DOUBLE;
  return scalar;
}

/** A list of texts on one line. */
export function texts(items: readonly string[]): Node {
  const flow = sequence(items.map((item) => text(item)));
  flow.flow = true;
  return flow;
}

export function sequence(items: readonly Node[]): YAMLSeq<Node> {
  const result = new YAMLSeq<Node>();
  result.items.push(...items);
  return result;
}

/** A mapping in the order given, without the entries that are undefined. */
export function map(entries: Readonly<Record<string, Node | undefined>>): YAMLMap<Scalar, Node> {
  const result = new YAMLMap<Scalar, Node>();
  for (const [key, node] of Object.entries(entries)) {
    if (node !== undefined) result.items.push(new Pair(new Scalar(key), node));
  }
  return result;
}

/** The mapping with an empty line between its entries. */
export function spaced(entries: YAMLMap<Scalar, Node>): YAMLMap<Scalar, Node> {
  for (const pair of entries.items.slice(1)) pair.key.spaceBefore = true;
  return entries;
}

export function mapValues<T, U>(entries: Readonly<Record<string, T>>, change: (entry: T) => U): Record<string, U> {
  return mapEntries(entries, (_key, entry) => change(entry));
}

export function mapEntries<T, U>(entries: Readonly<Record<string, T>>, change: (key: string, entry: T) => U) {
  return Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, change(key, entry)]));
}

/** A YAML file: what made it, what it is for (if told), then the mapping. */
export function yamlFile(
  service: string | undefined,
  contents: YAMLMap<Scalar, Node>,
  about: readonly string[] = [],
): string {
  const document = new Document();
  document.commentBefore = [...generatedBy(service), ...about]
    .map((line) => (line === "" ? "" : ` ${line}`))
    .join("\n");
  document.contents = contents;
  const yaml = document.toString({ lineWidth: 0, flowCollectionPadding: false });
  return yaml.replace(new RegExp(INVISIBLE, "gu"), asEscape);
}

function asEscape(character: string): string {
  return `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`;
}

/** A script as a literal block, so that it reads as it runs. */
export function script(run: string): Scalar {
  const content = run.replaceAll("\r\n", "\n");
  const bad = /[^\P{Cc}\n\t]/u.exec(content) ?? INVISIBLE.exec(content) ?? /\p{Cs}/u.exec(content);
  if (bad !== null) {
    throw new Error(
      `a script contains the invisible character ${JSON.stringify(bad[0])} (U+${(bad[0].codePointAt(0) ?? 0).toString(16).padStart(4, "0")}): ` +
        "what people read would not be what runs; write it as an escape of the shell ($'\\x1b')",
    );
  }
  const scalar = new Scalar(`${content.replace(/\s+$/u, "")}\n`);
  scalar.type = Scalar.BLOCK_LITERAL;
  return scalar;
}
