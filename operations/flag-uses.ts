import { extname } from "node:path";
import { type ParserOptions, type ParserPlugin, parse } from "@babel/parser";

/** A place in the code that asks for a flag. */
export interface FlagUse {
  /** From 1 on. */
  readonly line: number;
  /** What is called, as it is declared, e.g. `*.getBooleanValue`. */
  readonly call: string;
  /** Undefined where the key is computed: nobody can tell which flag it is. */
  readonly key: string | undefined;
  /** The value that the code falls back to. Undefined where the call gives none, or one that is computed. */
  readonly fallback: boolean | string | undefined;
}

/** How each kind of file is read. Types in a `.js` file would be Flow's, and aren't. */
const PLUGINS: Readonly<Record<string, readonly ParserPlugin[]>> = {
  ".js": ["jsx"],
  ".cjs": ["jsx"],
  ".mjs": ["jsx"],
  ".jsx": ["jsx"],
  ".ts": ["typescript"],
  ".cts": ["typescript"],
  ".mts": ["typescript"],
  ".tsx": ["typescript", "jsx"],
};

/** Whether a file is one that is read: JavaScript or TypeScript by its name. */
export function isCode(path: string): boolean {
  return Object.hasOwn(PLUGINS, extname(path));
}

/** The names of which one stands in every file with a use: a quick look that spares most files the slow one. */
export function namesOf(calls: readonly string[]): readonly string[] {
  return [...new Set(calls.map((call) => call.slice(call.lastIndexOf(".") + 1)))];
}

/**
 * Uses of flags in a file, in its order. A use is a call (`?.` and `await` too) of what is declared, whose first argument is the flag's key as text: a string,
 * or a template without `${…}`. The receiver counts as it is written, without `this.`, `!` and `as`; `*.name` is a call of `name` on anything.
 * What stands in a comment or in a text is no use, nor is the declaration of a function.
 *
 * @throws Error when the file is no JavaScript or TypeScript
 */
export function flagUses(text: string, path: string, calls: readonly string[]): readonly FlagUse[] {
  const options: ParserOptions = {
    sourceType: "unambiguous",
    plugins: [...(PLUGINS[extname(path)] ?? []), "decorators-legacy"],
    errorRecovery: true,
    allowReturnOutsideFunction: true,
    allowAwaitOutsideFunction: true,
    allowSuperOutsideMethod: true,
    allowNewTargetOutsideFunction: true,
  };
  const uses: { readonly at: number; readonly use: FlagUse }[] = [];
  // Not by recursion: code that a program wrote may be nested deeply.
  const open: unknown[] = [parse(text, options).program];
  while (open.length > 0) {
    const node = open.pop();
    if (typeof node !== "object" || node === null) continue;
    if (isNode(node)) {
      const use = useOf(node, calls);
      if (use !== undefined) uses.push({ at: Number(node.start), use });
    }
    for (const [key, value] of Object.entries(node)) if (!NO_CODE.has(key)) open.push(value);
  }
  return uses.sort((a, b) => a.at - b.at).map(({ use }) => use);
}

/** What the parser tells of a node, beside the nodes in it. */
const NO_CODE = new Set(["loc", "extra", "errors", "leadingComments", "innerComments", "trailingComments"]);

interface Node {
  readonly type: string;
  readonly [property: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Partial<Node>).type === "string";
}

function useOf(node: Node, calls: readonly string[]): FlagUse | undefined {
  if (node.type !== "CallExpression" && node.type !== "OptionalCallExpression") return undefined;
  const called = calledName(node.callee);
  const call = calls.find((each) =>
    each.startsWith("*.") ? called.hasReceiver && `.${called.name}`.endsWith(each.slice(1)) : each === called.name,
  );
  if (call === undefined) return undefined;
  const [key, fallback] = (node.arguments as readonly unknown[]).map(literal);
  const { line } = (node.loc as { readonly start: { readonly line: number } }).start;
  return { line, call, key: typeof key === "string" ? key : undefined, fallback };
}

interface Called {
  /** The names of what is called, with dots between them, and `?` for what is computed in front of them. */
  readonly name: string;
  readonly hasReceiver: boolean;
}

function calledName(callee: unknown): Called {
  const names: string[] = [];
  let node = withoutTypes(callee);
  let hasReceiver = false;
  while (isNode(node) && (node.type === "MemberExpression" || node.type === "OptionalMemberExpression")) {
    const name = node.computed === true ? literal(node.property) : nameOf(node.property);
    if (typeof name !== "string") return { name: ["?", ...names.reverse()].join("."), hasReceiver };
    names.push(name);
    hasReceiver = true;
    node = withoutTypes(node.object);
  }
  if (isNode(node) && node.type === "Identifier") names.push(String(node.name));
  // A call, an index: no name that could be declared. `this` is left out.
  else if (!isNode(node) || node.type !== "ThisExpression") names.push("?");
  return { name: names.reverse().join("."), hasReceiver };
}

function nameOf(property: unknown): string | undefined {
  if (!isNode(property)) return undefined;
  if (property.type === "Identifier") return String(property.name);
  return property.type === "PrivateName" ? `#${nameOf(property.id) ?? ""}` : undefined;
}

/** A text or a truth value as it stands in the code. */
function literal(argument: unknown): string | boolean | undefined {
  const node = withoutTypes(argument);
  if (!isNode(node)) return undefined;
  if (node.type === "StringLiteral" || node.type === "BooleanLiteral") return node.value as string | boolean;
  const { expressions, quasis } = node as { readonly expressions?: unknown[]; readonly quasis?: readonly Node[] };
  if (node.type !== "TemplateLiteral" || expressions?.length !== 0) return undefined;
  return (quasis?.[0]?.value as { readonly cooked?: string } | undefined)?.cooked;
}

const TYPES = new Set(["TSAsExpression", "TSSatisfiesExpression", "TSNonNullExpression", "TSTypeAssertion"]);

function withoutTypes(node: unknown): unknown {
  let inner = node;
  while (isNode(inner) && (TYPES.has(inner.type) || inner.type === "ParenthesizedExpression")) inner = inner.expression;
  return inner;
}
