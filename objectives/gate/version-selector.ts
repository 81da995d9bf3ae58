import { parser } from "@prometheus-io/lezer-promql";
import { LabelMatch, labelName, type Matchers } from "../../declaration/selector";

/** A selector of a version that is not one; says what came, what was expected and what to do. */
export class SelectorError extends Error {
  override readonly name = "SelectorError";
}

const REMEDY = 'write label matchers as in PromQL, without braces: version="2.4.1", or track=~"canary|preview"';

/**
 * The matchers of a version as people type them: PromQL label matchers, e.g. `version="stable",zone!="lab"`. Parsed by the grammar of
 * Prometheus; nothing that is more than matchers passes.
 *
 * @throws SelectorError
 */
export function parseVersionSelector(text: string): Matchers {
  const source = `x{${text}}`;
  const tree = parser.parse(source);
  const selector = tree.topNode.firstChild;
  const broken = brokenAt(source);
  if (broken !== undefined) {
    const from = source.slice(broken, -1);
    throw wrong(
      text,
      `label matchers of PromQL; ${from === "" ? "it ends too early" : `it is none from "${from}" on`}`,
    );
  }
  if (selector?.name !== "VectorSelector" || selector.nextSibling !== null || selector.to !== source.length)
    throw wrong(text, "label matchers of PromQL and nothing else");
  const matchers: Record<string, LabelMatch> = {};
  for (const node of selector.getChild("LabelMatchers")?.getChildren("UnquotedLabelMatcher") ?? []) {
    const [label, operator, quoted] = ["LabelName", "MatchOp", "StringLiteral"].map((part) => {
      const { from, to } = node.getChild(part) ?? { from: 0, to: 0 };
      return source.slice(from, to);
    }) as [string, string, string];
    if (Object.hasOwn(matchers, label))
      throw wrong(text, `each label once; "${label}" stands twice`, 'join the values in one expression: =~"a|b"');
    matchers[valid(labelName, label, text)] = valid(LabelMatch, match(operator, unquoted(quoted, text)), text);
  }
  if (selector.getChild("LabelMatchers")?.getChild("QuotedLabelMatcher"))
    throw wrong(text, "names of labels without quotes");
  if (Object.keys(matchers).length === 0) throw wrong(text, "at least one label matcher");
  return matchers;
}

function brokenAt(source: string): number | undefined {
  let at: number | undefined;
  parser.parse(source).iterate({
    enter: ({ type, from }) => {
      if (type.isError) at ??= from;
    },
  });
  return at;
}

function match(operator: string, value: string): LabelMatch {
  switch (operator) {
    case "=":
      return value;
    case "!=":
      return { not: value };
    case "=~":
      return { matches: value };
    default:
      return { notMatches: value };
  }
}

/** Only escapes of quotes and of the backslash itself: what others stand for has no place in the value of a label. */
function unquoted(literal: string, text: string): string {
  const inner = literal.slice(1, -1);
  if (literal.startsWith("`")) return inner;
  return inner.replace(/\\(.?)/gs, (written, character: string) => {
    if (['"', "'", "\\"].includes(character)) return character;
    throw wrong(
      text,
      `no escape but \\\\, \\" and \\'; it has ${written}`,
      "write a backslash twice, or the value in backticks",
    );
  });
}

interface Schema {
  safeParse(
    value: unknown,
  ): { success: true; data: unknown } | { success: false; error: { issues: { message: string }[] } };
}

function valid<T>(schema: Schema, value: T, text: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return value;
  const [expected = "", remedy = REMEDY] = parsed.error.issues[0]?.message.split("\n") ?? [];
  throw wrong(text, expected, remedy);
}

function wrong(text: string, expected: string, remedy = REMEDY): SelectorError {
  return new SelectorError(`came:     ${text === "" ? "nothing" : text}\nexpected: ${expected}\nto do:    ${remedy}`);
}
