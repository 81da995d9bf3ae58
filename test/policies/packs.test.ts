import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { SHAPES } from "../charts/sample-values";
import { render } from "../support/helm";
import { describeWith } from "../support/programs";

const ROOT = join(__dirname, "../..");
const POLICIES = join(ROOT, "policies");
const GOLDEN = join(ROOT, "test/services/golden");

function opa(args: readonly string[], input?: string): string {
  const { status, stdout, stderr } = spawnSync("opa", args, { cwd: ROOT, input, encoding: "utf8", maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`opa ${args[0]} failed:\n${stdout}${stderr}`);
  return stdout;
}

function filesBelow(directory: string, ending: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending))
    .sort();
}

/** What every rule says of each document, as `rule: address path`. One process reads them all. */
function findings(documents: Readonly<Record<string, unknown>>): Readonly<Record<string, readonly string[]>> {
  const query = `{name: found |
    some name, document in input
    found := {sprintf("%s/%s: %s %s", [pack, rule, finding.address, finding.path]) |
      some pack, rule
      some finding in data.gatehouse[pack][rule].deny with input as document
    }
  }`;
  const answer = opa(
    ["eval", "--data", POLICIES, "--stdin-input", "--format", "json", `answer := ${query}`],
    JSON.stringify(documents),
  );
  return JSON.parse(answer).result[0].bindings.answer;
}

/** The files of rules, below `policies`; beside them lie their tests, and what they share. */
const RULES = filesBelow(POLICIES, ".rego").filter((file) => !file.endsWith("_test.rego") && !file.startsWith("lib/"));

/** What several of them share. */
const SHARED = filesBelow(POLICIES, ".rego").filter((file) => !file.endsWith("_test.rego") && file.startsWith("lib/"));

describe("the policies", () => {
  test.each(RULES)("%s says what it is, and is named as its file and its package", (file) => {
    const text = readFileSync(join(POLICIES, file), "utf8");
    const comment = /^# METADATA\n(?:#.*\n)+/.exec(text)?.[0].replace(/^# ?/gm, "") ?? "";
    const [pack, id = ""] = file.replace(/\.rego$/, "").split("/");
    const { title, description, custom } = parse(comment.replace(/^METADATA\n/, ""));
    expect({ title, description, custom }).toEqual({
      title: expect.stringMatching(/\S/),
      description: expect.stringMatching(/\S/),
      custom: expect.objectContaining({
        id,
        level: expect.stringMatching(/^(advisory|blocking)$/),
        reason: expect.stringMatching(/\S/),
        remedy: expect.stringMatching(/\S/),
        links: expect.arrayContaining([expect.stringMatching(/^https:\/\//)]),
        external: expect.any(Array),
      }),
    });
    expect(text).toContain(`\npackage gatehouse.${pack}.${id.replaceAll("-", "_")}\n`);
  });

  test("are at least sixty, and no two have one id", () => {
    const ids = RULES.map((file) => file.split("/")[1]);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(ids.length).toBeGreaterThanOrEqual(60);
  });

  test.each(RULES)("%s has a test beside it, in which something passes", (file) => {
    expect(readFileSync(join(POLICIES, file.replace(/\.rego$/, "_test.rego")), "utf8")).toMatch(/count\(.+\) == 0\b/);
  });
});

describeWith(["opa"], "the policies, by OPA", () => {
  test("are formatted, and checked strictly", () => {
    expect(opa(["fmt", "--list", POLICIES])).toBe("");
    expect(opa(["check", "--strict", POLICIES])).toBe("");
  });

  test("pass their tests, which reach every line, also of what rules share: each rule refuses something", () => {
    const { files } = JSON.parse(opa(["test", "--coverage", "--format", "json", POLICIES]));
    const reached = [...RULES, ...SHARED].map((file) => [file, files[join(POLICIES, file)]?.coverage]);
    expect(reached.filter(([, coverage]) => coverage !== 100)).toEqual([]);
  });

  test("find nothing in the stacks of the five services and of the organization", () => {
    const stacks = filesBelow(join(GOLDEN, "stacks"), ".json");
    expect(stacks.length).toBeGreaterThan(10);
    const found = findings(
      Object.fromEntries(stacks.map((file) => [file, JSON.parse(readFileSync(join(GOLDEN, "stacks", file), "utf8"))])),
    );
    expect(found).toEqual(Object.fromEntries(stacks.map((file) => [file, []])));
  });

  test("find nothing in the workflows of the five services and in Gatehouse's own, whichever way `on` was read", () => {
    const files = [
      ...filesBelow(GOLDEN, ".yml")
        .filter((file) => file.includes(".github/workflows/"))
        .map((file) => join(GOLDEN, file)),
      ...filesBelow(join(ROOT, ".github/workflows"), ".yml").map((file) => join(ROOT, ".github/workflows", file)),
    ];
    expect(files.length).toBeGreaterThan(20);
    for (const version of ["1.1", "1.2"] as const) {
      const documents = files.map((file) => [file, parse(readFileSync(file, "utf8"), { version, merge: true })]);
      expect(findings(Object.fromEntries(documents))).toEqual(Object.fromEntries(files.map((file) => [file, []])));
    }
  });

  test("stumble over no document that isn't theirs, nor over one that is broken", () => {
    const broken = [null, true, 7, "text", [], {}, [[]], { a: null }];
    const documents = [
      ...broken,
      ...broken.flatMap((value) => [
        { resource: value },
        { resource: { github_repository: value, github_repository_ruleset: value, grafana_rule_group: value } },
        { resource: { github_repository: { a: value }, github_repository_ruleset: { a: value } } },
        {
          resource: {
            helm_release: { a: value },
            cloudflare_r2_bucket: { a: value },
            grafana_rule_group: { a: value },
          },
        },
        { resource_changes: value },
        { resource_changes: [value, { type: "github_repository_ruleset", change: value }] },
        { on: value, jobs: { a: value } },
        { on: "push", jobs: value },
        { on: "push", jobs: { a: { steps: value } } },
        { on: "push", jobs: { a: { steps: [value, { run: value, uses: value, with: value }] } } },
        { apiVersion: "v1", kind: "Pod", metadata: value, spec: value },
        { apiVersion: "v1", kind: "Pod", metadata: { name: "a" }, spec: { containers: [value] } },
        { bomFormat: "CycloneDX", components: [value, { licenses: value }] },
      ]),
    ];
    const numbered = Object.fromEntries(documents.map((document, index) => [String(index), document]));
    expect(Object.keys(findings(numbered))).toHaveLength(documents.length);
  });
});

describeWith(["helm", "opa"], "the policies, by OPA and Helm", () => {
  test.each(Object.keys(SHAPES) as (keyof typeof SHAPES)[])("find nothing in the chart as %s", (shape) => {
    const objects = render(SHAPES[shape]).map((object, index) => [`${index} ${object.kind}`, object] as const);
    expect(objects.length).toBeGreaterThan(2);
    expect(findings(Object.fromEntries(objects))).toEqual(Object.fromEntries(objects.map(([name]) => [name, []])));
  });
});

describeWith(["conftest"], "the policies, by conftest", () => {
  const conftest = (...files: readonly string[]) => {
    const { stdout } = spawnSync(
      "conftest",
      ["test", "--all-namespaces", "--policy", POLICIES, "--output", "json", ...files],
      { cwd: ROOT, encoding: "utf8", maxBuffer: 2 ** 28 },
    );
    const answers: readonly { readonly namespace: string; readonly failures?: readonly { readonly msg: string }[] }[] =
      JSON.parse(stdout);
    return answers.flatMap(({ namespace, failures = [] }) => failures.map(({ msg }) => `${namespace}: ${msg}`));
  };
  const stacks = filesBelow(join(GOLDEN, "stacks"), ".json").map((file) => join(GOLDEN, "stacks", file));

  test("find nothing in the stacks of the five services and of the organization", () => {
    expect(conftest(...stacks)).toEqual([]);
  });

  test("find what was taken out of one", () => {
    const stack = JSON.parse(readFileSync(join(GOLDEN, "stacks/hotdash-repository.json"), "utf8"));
    stack.resource.github_repository_ruleset["protected-main"].rules.deletion = false;
    stack.resource.github_repository.repository.vulnerability_alerts = false;
    const directory = mkdtempSync(join(tmpdir(), "gatehouse-conftest-"));
    try {
      writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify(stack));
      expect(conftest(join(directory, "cdk.tf.json")).sort()).toEqual([
        "gatehouse.github.main_not_deletable: main can be deleted; a ruleset in force must refuse its deletion",
        "gatehouse.github.vulnerability_alerts_on: Dependabot's alerts are off for this repository; they must be on",
      ]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
