import { compiled, OPA } from "../../operations/policy-compile";
import { PolicyEngine } from "../../operations/policy-engine";
import { ruleOfSource } from "../../policies/rule-source";
import { describeWithVersion } from "../support/programs";

function source(id: string, body: string) {
  const head = `# METADATA
# title: none
# description: A rule for tests.
# custom:
#   id: ${id}
#   level: blocking
#   reason: none
#   remedy: none
#   links: ["https://example.com"]
package gatehouse.test.${id.replaceAll("-", "_")}
`;
  return { path: `test/${id}.rego`, text: `${head}\n${body}\n` };
}

const SOUND = source("finds", 'deny contains {"msg": "found", "address": input.name, "path": ""}');
/** Two values of one name: OPA stops. */
const THROWS = source("throws", "value := input.two[_]\n\ndeny contains value");
const ENDLESS = source(
  "endless",
  "deny contains x if {\n\tsome a in numbers.range(1, 100000)\n\tsome b in numbers.range(1, 100000)\n\ta * b == -1\n\tx := a\n}",
);
const SHAPELESS = source("shapeless", "deny contains input.name");

describeWithVersion({ program: "opa", asked: ["version"], version: OPA }, "rules in their thread", () => {
  let engine: PolicyEngine | undefined;
  afterEach(() => engine?.stop());

  async function started(sources: readonly ReturnType<typeof source>[], deadline?: number): Promise<PolicyEngine> {
    const wasm = await compiled(sources, process.env);
    engine = new PolicyEngine({ rules: sources.map(ruleOfSource), wasm, deadline });
    return engine;
  }

  const said = async (asked: PolicyEngine, name: string, document: object) =>
    (await asked.judge(name, JSON.stringify(document))).map((answer) =>
      "broken" in answer
        ? `${answer.rule.name} ${answer.broken}`
        : `${answer.rule.name} ${JSON.stringify(answer.findings)}`,
    );

  const FOUND = (name: string) => `test/finds [{"msg":"found","address":"${name}","path":""}]`;

  test("one that throws is reported with what it threw, and hides no other's answer", async () => {
    const asked = await started([THROWS, SOUND]);
    const [thrown, found] = await said(asked, "a", { name: "a", two: [1, 2] });
    expect(thrown).toMatch(/^test\/throws .*test\/throws\.rego:\d+:\d+: var assignment conflict/);
    expect(found).toBe(FOUND("a"));
    expect(await said(asked, "b", { name: "b", two: [] })).toEqual(["test/throws []", FOUND("b")]);
  });

  test("one that doesn't end is cut off and reported, hides no other's answer, and is asked no more", async () => {
    const asked = await started([ENDLESS, SOUND], 1500);
    expect(await said(asked, "a", { name: "a" })).toEqual(["test/endless was cut off after 1.5 s", FOUND("a")]);
    expect(await said(asked, "b", { name: "b" })).toEqual([
      "test/endless was not asked: it was cut off at a",
      FOUND("b"),
    ]);
  });

  test("one whose findings are none is broken", async () => {
    const [shapeless] = await said(await started([SHAPELESS]), "a", { name: "a" });
    expect(shapeless).toMatch(/^test\/shapeless .*expected object/s);
  });
});
