import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { inspect } from "node:util";
import { filesOf } from "../../operations/files-of";
import { POLICIES, readBundle } from "../../operations/policy-bundle";
import { madeDocuments } from "../../operations/policy-documents";
import { PolicyEngine } from "../../operations/policy-engine";
import type { RuleFinding } from "../../policies/finding";
import { packageOf } from "../../policies/rule-source";
import { fleet } from "../../services/fleet";
import { SHAPES } from "../charts/sample-values";
import { render } from "../support/helm";
import { describeWith } from "../support/programs";

type Documents = Readonly<Record<string, unknown>>;
/** What was found in each document: a line for each finding, with everything it says. */
type Found = Readonly<Record<string, readonly string[]>>;

function lineOf(rule: string, finding: object): string {
  return `${rule} ${inspect(finding, { depth: null, sorted: true, breakLength: Number.POSITIVE_INFINITY })}`;
}

async function byEngine(documents: Documents): Promise<Found> {
  const engine = new PolicyEngine(await readBundle(POLICIES));
  const found: Record<string, readonly string[]> = {};
  try {
    for (const [name, document] of Object.entries(documents)) {
      const answers = await engine.judge(name, JSON.stringify(document));
      found[name] = answers
        .flatMap((answer) => {
          if ("broken" in answer) throw new Error(`${answer.rule.name} on ${name}: ${answer.broken}`);
          return answer.findings.map((finding) => lineOf(answer.rule.name, finding));
        })
        .sort();
    }
  } finally {
    await engine.stop();
  }
  return found;
}

/** The same by `opa eval`, in one process. */
function byOpa(documents: Documents): Found {
  const query = `answer := {name: found |
    some name, document in input
    found := [{"pack": pack, "rule": rule, "finding": finding} |
      some pack, rule
      some finding in data.gatehouse[pack][rule].deny with input as document
    ]
  }`;
  const { stdout, stderr } = spawnSync(
    "opa",
    ["eval", "--data", POLICIES, "--stdin-input", "--format", "json", query],
    {
      input: JSON.stringify(documents),
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    },
  );
  if (stderr !== "") throw new Error(stderr);
  const answer: Readonly<Record<string, readonly { pack: string; rule: string; finding: RuleFinding }[]>> =
    JSON.parse(stdout).result[0].bindings.answer;
  return Object.fromEntries(
    Object.entries(answer).map(([name, found]) => [
      name,
      found.map(({ pack, rule, finding }) => lineOf(`${pack}/${rule.replaceAll("_", "-")}`, finding)).sort(),
    ]),
  );
}

/** The same by conftest, which reads the files itself. */
async function byConftest(files: Readonly<Record<string, string>>): Promise<Found> {
  const { rules } = await readBundle(POLICIES);
  const names = new Map(rules.map(({ name, pack }) => [packageOf(pack, basename(name)), name]));
  const directory = mkdtempSync(join(tmpdir(), "gatehouse-conftest-"));
  try {
    // Rules without their tests, which conftest would ask as well.
    cpSync(POLICIES, join(directory, "policies"), { recursive: true, filter: (path) => !path.endsWith("_test.rego") });
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, name)), { recursive: true });
      writeFileSync(join(directory, name), text);
    }
    const { stdout } = spawnSync(
      "conftest",
      ["test", "--all-namespaces", "--policy", "policies", "--output", "json", ...Object.keys(files)],
      { cwd: directory, encoding: "utf8", maxBuffer: 2 ** 28 },
    );
    const answers: readonly {
      readonly filename: string;
      readonly namespace: string;
      readonly failures?: readonly { readonly msg: string; readonly metadata?: { readonly query?: string } }[];
    }[] = JSON.parse(stdout);
    const found: Record<string, string[]> = Object.fromEntries(Object.keys(files).map((name) => [name, []]));
    for (const { filename, namespace, failures = [] } of answers)
      for (const { msg, metadata: { query: _query, ...rest } = {} } of failures)
        found[filename]?.push(lineOf(names.get(namespace) ?? namespace, { msg, ...rest }));
    for (const lines of Object.values(found)) lines.sort();
    return found;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Every value of a kind, at any depth, in its stead another. */
function changed(value: unknown, change: (leaf: unknown) => unknown): unknown {
  if (Array.isArray(value) && value.length > 0 && change(value) === value)
    return value.map((each) => changed(each, change));
  if (typeof value !== "object" || value === null || Array.isArray(value)) return change(value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, changed(each, change)]));
}

/** Ways in which a document may be another than it should, so that many rules find something. */
const CHANGES = {
  flipped: (leaf: unknown) => (typeof leaf === "boolean" ? !leaf : leaf),
  emptied: (leaf: unknown) => (Array.isArray(leaf) ? [] : typeof leaf === "number" ? 0 : leaf),
  starred: (leaf: unknown) => (typeof leaf === "string" && !leaf.startsWith("${") ? "*" : leaf),
} as const;

interface Stack {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A plan that makes of what a stack declares something else, or destroys it. */
function planOf({ resource = {} }: Stack, change: ((leaf: unknown) => unknown) | undefined) {
  const resource_changes = Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(([name, before]) => {
      const after = change === undefined ? null : changed(before, change);
      const actions = change === undefined ? ["delete"] : ["update"];
      return { address: `${type}.${name}`, type, name, change: { actions, before, after } };
    }),
  );
  return { format_version: "1.2", terraform_version: "1.14.0", resource_changes };
}

async function fleetDocuments(): Promise<Readonly<Record<string, Stack>>> {
  const { documents } = await madeDocuments(fleet, {}, {});
  return Object.fromEntries(
    documents.map(({ service, name, json }) => [`${service ?? "organization"} ${name}`, JSON.parse(json)]),
  );
}

describeWith(["opa"], "the rules in-process and by OPA", () => {
  test("say the same of all that is made of the five services, and of the same with everything changed", async () => {
    const made = await fleetDocuments();
    const documents: Record<string, unknown> = { ...made };
    for (const [name, document] of Object.entries(made)) {
      for (const [how, change] of Object.entries(CHANGES)) {
        documents[`${name} ${how}`] = changed(document, change);
        if (document.resource !== undefined) documents[`${name} ${how} by a plan`] = planOf(document, change);
      }
      if (document.resource !== undefined) documents[`${name} destroyed`] = planOf(document, undefined);
    }
    const found = await byEngine(documents);
    expect(found).toEqual(byOpa(documents));
    // A rule that finds nothing anywhere would agree without a word.
    expect(Object.keys(made).flatMap((name) => found[name] ?? [])).toEqual([]);
    expect(
      new Set(Object.values(found).flatMap((lines) => lines.map((line) => line.split(" ")[0]))).size,
    ).toBeGreaterThan(50);
  });
});

describeWith(["conftest"], "the rules in-process and by conftest", () => {
  test("say the same of the stacks and files of the five services, as conftest reads them", async () => {
    const { documents } = await madeDocuments(fleet, {}, {});
    const files: Record<string, string> = {};
    for (const { name, kind, json } of documents) if (kind === "stack") files[`stacks/${name}.json`] = json;
    for (const entry of fleet.services)
      for (const { path, content } of filesOf(fleet, entry))
        if (/\.(?:json|ya?ml)$/.test(path)) files[`${entry.service.name}/${path}`] = content;
    expect(Object.keys(files)).toHaveLength(documents.length);
    expect(await byConftest(files)).toEqual(Object.fromEntries(Object.keys(files).map((name) => [name, []])));
  });

  test("say the same of stacks and a workflow in which everything was changed", async () => {
    const golden = join(__dirname, "../services/golden");
    const stack = (name: string): Stack => JSON.parse(readFileSync(join(golden, `stacks/${name}.json`), "utf8"));
    const documents = {
      "repository.json": changed(stack("hotdash-repository"), CHANGES.flipped),
      "organization.json": changed(stack("organization"), CHANGES.flipped),
      "summit.json": changed(stack("summit-prod"), CHANGES.flipped),
      "plan.json": planOf(stack("openclaw-pos-production"), CHANGES.emptied),
      "ci.json": { on: "pull_request_target", jobs: { test: { steps: [{ uses: "owner/action@v1" }] } } },
    };
    const found = await byEngine(documents);
    const texts = Object.entries(documents).map(([name, document]) => [name, JSON.stringify(document)]);
    expect(await byConftest(Object.fromEntries(texts))).toEqual(found);
    for (const lines of Object.values(found)) expect(lines).not.toEqual([]);
  });
});

describeWith(["helm", "opa"], "the rules in-process and by OPA", () => {
  test("say the same of the chart in every shape, and of the same with everything changed", async () => {
    const objects = Object.entries(SHAPES).flatMap(([shape, values]) =>
      render(values).map((object, index) => [`${shape} ${index} ${object.kind}`, object] as const),
    );
    const documents = Object.fromEntries(
      objects.flatMap(([name, object]) => [
        [name, object],
        ...Object.entries(CHANGES).map(([how, change]) => [`${name} ${how}`, changed(object, change)]),
      ]),
    );
    expect(await byEngine(documents)).toEqual(byOpa(documents));
  });
});
