import { type ParserOptions, parse } from "@babel/parser";

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

/** The text with one more entry at the end of a literal `{ … }` or `[ … ]`. `entry` has its indentation, and neither comma nor line break at its end. */
export function withEntry(source: Source, literal: Expression, entry: string): string {
  if (literal.type !== "ObjectExpression" && literal.type !== "ArrayExpression")
    throw new Unrecognized(`${excerpt(source, literal)} is no literal to which an entry could be added`);
  const { text } = source;
  const [open, close] = [placeOf(literal).from + 1, placeOf(literal).to - 1];
  const last = lastEntry(literal);
  const line = text.lastIndexOf("\n", close) + 1;
  if (last === undefined) {
    if (text.slice(open, close).trim() !== "")
      throw new Unrecognized(`${excerpt(source, literal)} holds a comment alone`);
    const margin = text.slice(text.lastIndexOf("\n", open) + 1).match(/^ */)?.[0] ?? "";
    return `${text.slice(0, open)}\n${entry},\n${margin}${text.slice(close)}`;
  }
  const { to } = placeOf(last);
  if (line <= to || text.slice(line, close).trim() !== "")
    throw new Unrecognized(`the end of ${excerpt(source, literal)} is not on a line of its own`);
  const comma = trailingComma(literal) === undefined ? "," : "";
  return `${text.slice(0, to)}${comma}${text.slice(to, line)}${entry},\n${text.slice(line)}`;
}

function lastEntry(literal: Literal) {
  return (literal.type === "ObjectExpression" ? literal.properties : literal.elements).at(-1) ?? undefined;
}

/** The parser notes where a comma stands behind the last entry. */
function trailingComma({ extra }: Literal): unknown {
  return extra?.trailingComma;
}

export function placeOf(node: { readonly start?: number | null; readonly end?: number | null }) {
  if (typeof node.start === "number" && typeof node.end === "number") return { from: node.start, to: node.end };
  throw new Error("a node without a place");
}

function keyOf(key: { readonly type: string }): string | undefined {
  if (key.type === "Identifier") return (key as unknown as { readonly name: string }).name;
  return key.type === "StringLiteral" ? (key as unknown as { readonly value: string }).value : undefined;
}

function excerpt({ text }: Source, node: { readonly start?: number | null; readonly end?: number | null }): string {
  const { from, to } = placeOf(node);
  const [line = ""] = text.slice(from, to).split("\n");
  return `\`${line.length > 60 ? `${line.slice(0, 60)}…` : line}\``;
}
