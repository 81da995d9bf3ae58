import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { POLICIES, readBundle, ruleSources, rulesOf } from "../../operations/policy-bundle";
import { compile, OPA } from "../../operations/policy-compile";
import { describeWithVersion } from "../support/programs";
import { RecordingConsole } from "./recording-console";

const RULE = "github/access-by-team.rego";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "gatehouse-bundle-"));
  cpSync(POLICIES, directory, { recursive: true });
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe("the compiled rules, as they are read", () => {
  test("say of themselves what the annotations of their sources say", async () => {
    const { rules } = await readBundle(POLICIES);
    const annotated = rulesOf(await ruleSources(POLICIES));
    expect(rules).toEqual(annotated);
    expect(rules.length).toBeGreaterThan(100);
  });

  test.each([
    ["a rule was changed", RULE],
    ["what rules share was changed", "lib/blocks.rego"],
    ["the module is another one", "compiled/policies.wasm"],
    ["what they say of themselves was changed by hand", "compiled/rules.json"],
    ["the digests are those of other files", "compiled/policies.sha256"],
  ])("are refused when %s", async (_what, file) => {
    appendFileSync(join(directory, file), "\n");
    await expect(readBundle(directory)).rejects.toThrow(
      `${directory}/compiled/policies.wasm is not what these rules compile to\n` +
        "expected the digests of compiled/policies.sha256 to be those of the rules\nto do: npx gatehouse policy compile",
    );
  });

  test.each(["compiled/policies.wasm", "compiled/rules.json", "compiled/policies.sha256", RULE])(
    "are refused when %s is not there",
    async (file) => {
      rmSync(join(directory, file));
      await expect(readBundle(directory)).rejects.toThrow("to do: npx gatehouse policy compile");
    },
  );

  test("of a rule that can't be compiled say what is wrong with it", async () => {
    const text = readFileSync(join(directory, RULE), "utf8");
    writeFileSync(join(directory, RULE), text.replace("#   level: blocking\n", "#   level: fatal\n"));
    await expect(readBundle(directory)).rejects.toThrow(
      `policies/${RULE}: its METADATA is not that of a rule\n  custom.level: `,
    );
  });
});

describeWithVersion({ program: "opa", asked: ["version"], version: OPA }, "the compiled rules", () => {
  const checked = async (changed: string) => {
    const console = new RecordingConsole();
    const code = await compile({ check: true, directory: changed, environment: process.env }, console);
    return { code, text: console.text };
  };

  test("are what the rules compile to", async () => {
    await expect(checked(POLICIES)).resolves.toMatchObject({ code: 0 });
  });

  test("are compared file by file, and which differs is said", async () => {
    appendFileSync(join(directory, "compiled/rules.json"), "\n");
    const { code, text } = await checked(directory);
    expect(code).toBe(2);
    expect(text).toContain(
      `${directory}/compiled/rules.json is not what the rules compile to: npx gatehouse policy compile`,
    );
  });

  test("are the same bytes when they are compiled again", async () => {
    for (const file of ["policies.wasm", "rules.json", "policies.sha256"]) rmSync(join(directory, "compiled", file));
    await compile({ check: false, directory, environment: process.env }, new RecordingConsole());
    await expect(checked(directory)).resolves.toMatchObject({ code: 0 });
    expect(readFileSync(join(directory, "compiled/policies.sha256"))).toEqual(
      readFileSync(join(POLICIES, "compiled/policies.sha256")),
    );
  });
});
