import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { POLICIES, readBundle } from "../../operations/policy-bundle";
import { PolicyEngine } from "../../operations/policy-engine";
import { type Resources, WEAKENINGS, type Weakened, weakened } from "./weakenings";

const STACKS = join(__dirname, "../services/golden/stacks");
const DOCUMENT = "docs/reference/protections.md";
const UPDATE = "UPDATE_GOLDEN=1 npx jest test/policies/weakened-stacks.test.ts";

interface Stack {
  readonly name: string;
  readonly json: { readonly resource: Resources };
}

interface Outcome {
  tried: number;
  /** Addresses of which no rule says anything. */
  readonly missed: string[];
  readonly rules: Set<string>;
}

const stacks: readonly Stack[] = readdirSync(STACKS).map((file) => ({
  name: file.replace(".json", ""),
  json: JSON.parse(readFileSync(join(STACKS, file), "utf8")),
}));

const keyOf = ({ type, property }: Pick<Weakened, "type" | "property">) => `${type} ${property}`;

/** The stack as it would be synthesized. */
function stackWith({ json }: Stack, { type, name, after }: Weakened): object {
  const { [name]: _, ...others } = json.resource[type] ?? {};
  const resources = after === undefined ? others : { ...others, [name]: after };
  return { ...json, resource: { ...json.resource, [type]: resources } };
}

/** The plan from the stack as it is to that. */
function planOf({ type, name, before, after }: Weakened): object {
  const change = { actions: [after === undefined ? "delete" : "update"], before, after: after ?? null };
  const resource = { address: `${type}.${name}`, mode: "managed", type, name, change };
  return { format_version: "1.2", terraform_version: "1.11.4", resource_changes: [resource] };
}

async function found(engine: PolicyEngine, document: object): Promise<readonly { rule: string; text: string }[]> {
  const answers = await engine.judge("a weakened stack", JSON.stringify(document));
  return answers.flatMap((answer) => {
    if ("broken" in answer) throw new Error(`${answer.rule.name}: ${answer.broken}`);
    const rule = answer.rule.name;
    return answer.findings.map(({ address, path, msg }) => ({ rule, text: [rule, address, path, msg].join("\n") }));
  });
}

describe("what protects something is missed where it is gone (MAE-5)", () => {
  const outcomes = new Map<string, Outcome>();

  beforeAll(async () => {
    const engine = new PolicyEngine(await readBundle(POLICIES));
    try {
      for (const stack of stacks) {
        const asItIs = new Set((await found(engine, stack.json)).map(({ text }) => text));
        for (const weaker of weakened(stack.json.resource)) {
          const outcome = outcomes.get(keyOf(weaker)) ?? { tried: 0, missed: [], rules: new Set() };
          outcomes.set(keyOf(weaker), outcome);
          outcome.tried += 1;
          const inStack = await found(engine, stackWith(stack, weaker));
          const inPlan = await found(engine, planOf(weaker));
          const rules = [...inStack.filter(({ text }) => !asItIs.has(text)), ...inPlan].map(({ rule }) => rule);
          if (rules.length === 0) outcome.missed.push(`${stack.name}: ${weaker.type}.${weaker.name}`);
          for (const rule of rules) outcome.rules.add(rule);
        }
      }
    } finally {
      await engine.stop();
    }
  });

  test.each(WEAKENINGS)("$type $property: a rule says so of every one", (weakening) => {
    const { tried = 0, missed } = outcomes.get(keyOf(weakening)) ?? {};
    expect(tried).toBeGreaterThan(0);
    expect(missed).toEqual([]);
  });

  test(`${DOCUMENT} is what was found: ${UPDATE}`, () => {
    const path = join(__dirname, "../..", DOCUMENT);
    const document = documentOf(outcomes);
    if (process.env.UPDATE_GOLDEN) writeFileSync(path, document);
    expect(readFileSync(path, "utf8")).toBe(document);
  });
});

function documentOf(outcomes: ReadonlyMap<string, Outcome>): string {
  const all = [...outcomes.values()];
  const tried = all.reduce((sum, outcome) => sum + outcome.tried, 0);
  const missed = all.reduce((sum, outcome) => sum + outcome.missed.length, 0);
  const rows = WEAKENINGS.map((weakening) => {
    const { tried: number = 0, missed: without = [], rules = new Set() } = outcomes.get(keyOf(weakening)) ?? {};
    const cells = [weakening.type, weakening.property || "(all of it)"].map(
      (cell) => `\`${cell.replaceAll("\\.", ".")}\``,
    );
    return [...cells, `${number - without.length} of ${number}`, [...rules].sort().join(", ") || "–"];
  });
  const table = [["Resource", "Property", "Found", "Rules"], ["---", "---", "---", "---"], ...rows];
  return [
    `<!--\nMade by a test from the stacks of services/; do not edit.\nMake it again: ${UPDATE}\n-->`,
    "# What protects, and which rule misses it",
    `Every property of the synthesized stacks that protects something was weakened or taken away, each by itself, in every resource that has it: ${tried} times, ${tried - missed} of which a rule of \`policies/\` finds, in the stack or in the plan that leads there.`,
    table.map((cells) => `| ${cells.join(" | ")} |`).join("\n"),
    "",
  ]
    .join("\n\n")
    .replace(/\n\n$/, "\n");
}
