/**
 * An expression of GitHub Actions, read. GitHub's own reader (the package @actions/expressions) is published for `import` alone, and this
 * repository's programs are loaded by `require`.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
 */
export type Expression =
  | { readonly kind: "literal"; readonly value: Literal }
  /** `github.event.commits[0].message`: its names in lower case; `*` for what is computed, a number, or all of a list. */
  | { readonly kind: "path"; readonly path: readonly string[] }
  | { readonly kind: "call"; readonly name: string; readonly inputs: readonly Expression[] }
  | { readonly kind: "not"; readonly of: Expression }
  | { readonly kind: "operation"; readonly operator: Operator; readonly left: Expression; readonly right: Expression };

export type Literal = string | number | boolean | null;
export type Operator = "&&" | "||" | "==" | "!=" | "<" | "<=" | ">" | ">=";

/** From the loosest to the tightest. */
const OPERATORS: readonly (readonly Operator[])[] = [["||"], ["&&"], ["==", "!="], ["<=", ">=", "<", ">"]];

const TOKEN =
  /\s*(?:(?<string>'(?:[^']|'')*')|(?<number>[-+]?(?:0x[\da-fA-F]+|\.?\d[\d.]*(?:[eE][-+]?\d+)?)(?![\w-]))|(?<name>[A-Za-z_][\w-]*)|(?<sign>&&|\|\||[=!<>]=|[<>!()[\],.*]))\s*/y;

interface Token {
  readonly kind: "string" | "number" | "name" | "sign" | "end";
  readonly text: string;
}

const read = new Map<string, Expression>();

/**
 * Reads what stands between `${{` and `}}`.
 * @throws when it is no expression
 */
export function readExpression(text: string): Expression {
  const known = read.get(text);
  if (known !== undefined) return known;
  const expression = new Reader(text).whole();
  read.set(text, expression);
  return expression;
}

class Reader {
  private readonly tokens: readonly Token[];
  private position = 0;

  constructor(private readonly text: string) {
    this.tokens = this.split();
  }

  whole(): Expression {
    const expression = this.operation(0);
    if (this.next.kind !== "end") this.refuse(this.next);
    return expression;
  }

  private operation(level: number): Expression {
    const operators = OPERATORS[level];
    if (operators === undefined) return this.single();
    let left = this.operation(level + 1);
    for (let operator = this.operatorOf(operators); operator !== undefined; operator = this.operatorOf(operators)) {
      left = { kind: "operation", operator, left, right: this.operation(level + 1) };
    }
    return left;
  }

  private operatorOf(operators: readonly Operator[]): Operator | undefined {
    const found = operators.find((operator) => this.next.kind === "sign" && this.next.text === operator);
    if (found !== undefined) this.position += 1;
    return found;
  }

  private single(): Expression {
    const token = this.take();
    switch (token.kind) {
      case "string":
        return { kind: "literal", value: token.text.slice(1, -1).replaceAll("''", "'") };
      case "number":
        return { kind: "literal", value: Number(token.text) };
      case "name":
        return this.named(token.text);
      default:
        if (token.text === "!") return { kind: "not", of: this.single() };
        if (token.text !== "(") return this.refuse(token);
        return this.parts(this.closed(this.operation(0), ")"));
    }
  }

  private named(name: string): Expression {
    if (name === "true" || name === "false") return { kind: "literal", value: name === "true" };
    if (name === "null") return { kind: "literal", value: null };
    if (name === "NaN" || name === "Infinity") return { kind: "literal", value: Number(name) };
    if (!this.passes("(")) return this.parts({ kind: "path", path: [name.toLowerCase()] });
    const inputs: Expression[] = [];
    while (!this.passes(")")) {
      if (inputs.length > 0 && !this.passes(",")) this.refuse(this.next);
      inputs.push(this.operation(0));
    }
    return this.parts({ kind: "call", name: name.toLowerCase(), inputs });
  }

  /** What follows a value: `.name`, `['name']`, `[0]`, `.*`. Of the result of a function it isn't known what it is. */
  private parts(owner: Expression): Expression {
    let value = owner;
    for (;;) {
      if (this.passes(".")) {
        const { kind, text } = this.take();
        if (kind !== "name" && text !== "*") this.refuse({ kind, text });
        value = partOf(value, text.toLowerCase());
      } else if (this.passes("[")) {
        const index = this.passes("*") ? undefined : this.operation(0);
        this.closed(value, "]");
        const key = index?.kind === "literal" && typeof index.value === "string" ? index.value.toLowerCase() : "*";
        value = partOf(value, key);
      } else return value;
    }
  }

  private closed(value: Expression, sign: string): Expression {
    if (!this.passes(sign)) this.refuse(this.next);
    return value;
  }

  private passes(sign: string): boolean {
    if (this.next.kind !== "sign" || this.next.text !== sign) return false;
    this.position += 1;
    return true;
  }

  private get next(): Token {
    return this.tokens[this.position] ?? { kind: "end", text: "its end" };
  }

  private take(): Token {
    const token = this.next;
    this.position += 1;
    return token;
  }

  private split(): readonly Token[] {
    const tokens: Token[] = [];
    const pattern = new RegExp(TOKEN);
    while (pattern.lastIndex < this.text.length) {
      const from = pattern.lastIndex;
      const groups = pattern.exec(this.text)?.groups;
      if (groups === undefined) return this.refuse({ kind: "sign", text: this.text.slice(from, from + 20) });
      const [kind, text] = Object.entries(groups).find(([, value]) => value !== undefined) ?? [];
      tokens.push({ kind: kind as Token["kind"], text: text as string });
    }
    return tokens;
  }

  private refuse({ text }: Token): never {
    throw new Error(
      `the expression "${this.text}" can't be read at ${text}; write one that GitHub takes: https://docs.github.com/en/actions/reference/workflows-and-actions/expressions`,
    );
  }
}

function partOf(owner: Expression, key: string): Expression {
  return owner.kind === "path"
    ? { kind: "path", path: [...owner.path, key] }
    : { kind: "call", name: "part", inputs: [owner] };
}

/** Every path that an expression reads, in order. */
export function pathsIn(expression: Expression): readonly (readonly string[])[] {
  switch (expression.kind) {
    case "literal":
      return [];
    case "path":
      return [expression.path];
    case "call":
      return expression.inputs.flatMap(pathsIn);
    case "not":
      return pathsIn(expression.of);
    case "operation":
      return [...pathsIn(expression.left), ...pathsIn(expression.right)];
  }
}

/** Names of all functions that an expression calls. */
export function callsIn(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case "literal":
    case "path":
      return [];
    case "call":
      return [expression.name, ...expression.inputs.flatMap(callsIn)];
    case "not":
      return callsIn(expression.of);
    case "operation":
      return [...callsIn(expression.left), ...callsIn(expression.right)];
  }
}
