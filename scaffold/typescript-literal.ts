import { type ParserOptions, parse } from "@babel/parser";
import { LINE_WIDTH } from "./literal-text";

/** A text that isn't written as this program's files are, so that it is not edited. */
export class Unrecognized extends Error {
  override readonly name = "Unrecognized";
}

const TYPESCRIPT: ParserOptions = { sourceType: "module", plugins: ["typescript"] };

type Program = ReturnType<typeof parse>["program"];
type Statement = Program["body"][number];
/** A value as it is written; positions are those of the text. */
export type Expression = Extract<Statement, { type: "ExpressionStatement" }>["expression"];
type Literal = Extract<Expression, { type: "ObjectExpression" | "ArrayExpression" }>;

/** Some TypeScript text and what it says. */
export interface Source {
  readonly text: string;
  readonly statements: readonly Statement[];
}

/** @throws Unrecognized when it is no TypeScript */
export function parsed(text: string): Source {
  try {
    return { text, statements: parse(text, TYPESCRIPT).program.body };
  } catch (error) {
    throw new Unrecognized(`it can't be read as TypeScript: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The value of `export const <name> = …`. */
export function exportedValue({ statements }: Source, name: string): Expression {
  for (const statement of statements) {
    if (statement.type !== "ExportNamedDeclaration" || statement.declaration?.type !== "VariableDeclaration") continue;
    for (const { id, init } of statement.declaration.declarations)
      if (id.type === "Identifier" && id.name === name && init) return init;
  }
  throw new Unrecognized(`it has no \`export const ${name}\``);
}

/** The value of a property in a literal; undefined when the literal has none of that name. */
export function propertyValue(source: Source, literal: Expression, key: string): Expression | undefined {
  if (literal.type !== "ObjectExpression") throw new Unrecognized(`${excerpt(source, literal)} is no literal { … }`);
  for (const property of literal.properties) {
    if (property.type !== "ObjectProperty" || property.computed || keyOf(property.key) !== key) continue;
    // Written short, `{ key }`, there is no value to look into.
    if (property.shorthand) throw new Unrecognized(`${excerpt(source, property)} is written without its value`);
    return property.value as Expression;
  }
  return undefined;
}

/**
 * The text with one more property at the end of a literal `{ … }`, a property a line. `property` has its indentation, and neither comma nor line
 * break at its end.
 */
export function withProperty(source: Source, literal: Expression, property: string): string {
  if (literal.type !== "ObjectExpression") throw new Unrecognized(`${excerpt(source, literal)} is no literal { … }`);
  const { text } = source;
  const [open, close] = [placeOf(literal).from + 1, placeOf(literal).to - 1];
  const inside = text.slice(open, close).trim();
  if (literal.properties.length > 0) return withLine(source, literal, property);
  if (inside !== "") throw new Unrecognized(`${excerpt(source, literal)} holds a comment alone`);
  const margin = marginOf(source, literal);
  return `${text.slice(0, open)}\n${property},\n${margin}${text.slice(close)}`;
}

/** The text with one more record at the end of a list of records. */
export function withRecord(source: Source, list: Expression, record: (indent: number) => string): string {
  if (list.type !== "ArrayExpression") throw new Unrecognized(`${excerpt(source, list)} is no list [ … ]`);
  const { text } = source;
  const { from, to } = placeOf(list);
  const margin = marginOf(source, list);
  const inner = margin.length + 2;
  const [open, close] = [from + 1, to - 1];
  const written = text.slice(open, close);
  if (list.elements.length > 0 && written.includes("\n"))
    return withLine(source, list, " ".repeat(inner) + record(inner));
  const records = list.elements.map((element) => text.slice(placeOf(element ?? {}).from, placeOf(element ?? {}).to));
  if (bare(written) !== bare(records.join(""))) throw new Unrecognized(`${excerpt(source, list)} holds a comment`);
  // The formatter leaves a single record between its brackets where they fit on the line, and breaks a list of several.
  const added = record(inner);
  const columns = from - text.lastIndexOf("\n", from) - 1 + `[${added}],`.length;
  const content =
    records.length === 0 && !added.includes("\n") && columns <= LINE_WIDTH
      ? added
      : `\n${[...records, added].map((each) => `${" ".repeat(inner)}${each},\n`).join("")}${margin}`;
  return `${text.slice(0, open)}${content}${text.slice(close)}`;
}

/** One more line before that of the literal's end. */
function withLine(source: Source, literal: Literal, entry: string): string {
  const { text } = source;
  const close = placeOf(literal).to - 1;
  const line = text.lastIndexOf("\n", close) + 1;
  const { to } = placeOf(lastEntry(literal) ?? {});
  if (line <= to || text.slice(line, close).trim() !== "")
    throw new Unrecognized(`the end of ${excerpt(source, literal)} is not on a line of its own`);
  const comma = literal.extra?.trailingComma === undefined ? "," : "";
  return `${text.slice(0, to)}${comma}${text.slice(to, line)}${entry},\n${text.slice(line)}`;
}

/** The indentation of a literal's line, on which nothing else stands but its key. */
function marginOf(source: Source, literal: Literal): string {
  const { from, to } = placeOf(literal);
  const before = source.text.slice(source.text.lastIndexOf("\n", from) + 1, from);
  const [, margin] = /^( *)(?:[\w"-]+: )?$/.exec(before) ?? [];
  if (margin !== undefined && /^,?\n/.test(source.text.slice(to))) return margin;
  throw new Unrecognized(`${excerpt(source, literal)} shares its lines with more`);
}

function bare(text: string): string {
  return text.replace(/[\s,]/g, "");
}

function lastEntry(literal: Literal) {
  return (literal.type === "ObjectExpression" ? literal.properties : literal.elements).at(-1) ?? undefined;
}

interface Placed {
  readonly start?: number | null;
  readonly end?: number | null;
}

export function placeOf({ start, end }: Placed) {
  if (typeof start === "number" && typeof end === "number") return { from: start, to: end };
  throw new Unrecognized("a list leaves an item out");
}

function keyOf(key: { readonly type: string }): string | undefined {
  if (key.type === "Identifier") return (key as unknown as { readonly name: string }).name;
  return key.type === "StringLiteral" ? (key as unknown as { readonly value: string }).value : undefined;
}

function excerpt({ text }: Source, node: Placed): string {
  const { from, to } = placeOf(node);
  const [line = ""] = text.slice(from, to).split("\n");
  return `\`${line.length > 60 ? `${line.slice(0, 60)}…` : line}\``;
}
