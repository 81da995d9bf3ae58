import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { sloExport, sloImport } from "../../operations/slo";
import { fleet } from "../../services/fleet";
import { minimalFleet } from "../declaration/fixture";
import { checkRules } from "../objectives/promtool";
import { describeWith } from "../support/programs";
import { RecordingConsole } from "./recording-console";

let console: RecordingConsole;
beforeEach(() => {
  console = new RecordingConsole();
});

const printed = () => console.text;

describe("gatehouse slo export", () => {
  test("prints a rule file of one service, and the command that makes it again", async () => {
    await expect(sloExport(fleet, { service: "relay", format: "prometheus" }, console)).resolves.toBe(0);
    expect(printed()).toContain("# Make it again: npx gatehouse slo export relay --format prometheus\n");
    const names = (parse(printed()) as { groups: { name: string }[] }).groups.map(({ name }) => name);
    expect(new Set(names.map((name) => name.split("/").slice(0, 3).join("/")))).toEqual(
      new Set(["gatehouse/relay/staging", "gatehouse/relay/production"]),
    );
  });

  test("prints only the stage that is asked for", async () => {
    await sloExport(fleet, { service: "relay", stage: "production", format: "prometheus" }, console);
    expect(printed()).toContain(
      "# Make it again: npx gatehouse slo export relay --stage production --format prometheus\n",
    );
    expect(printed()).not.toContain("staging");
  });

  test("prints all services when none is named", async () => {
    await sloExport(fleet, { format: "prometheus" }, console);
    const names = (parse(printed()) as { groups: { name: string }[] }).groups.map(({ name }) => name);
    const observed = fleet.services.filter(({ service }) => service.telemetry !== undefined);
    expect(new Set(names.map((name) => name.split("/")[1]))).toEqual(
      new Set(observed.map(({ service }) => service.name)),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  test("prints a PrometheusRule for each service", async () => {
    await sloExport(fleet, { format: "prometheus-operator" }, console);
    const resources = parseAllDocuments(printed()).map(
      (document) => document.toJS() as { kind: string; metadata: { name: string } },
    );
    expect(resources.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toContain(
      "PrometheusRule gatehouse-relay",
    );
  });

  test("prints OpenSLO objects, each once", async () => {
    await sloExport(fleet, { format: "openslo" }, console);
    const objects = parseAllDocuments(printed()).map(
      (document) => document.toJS() as { kind: string; metadata: { name: string } },
    );
    const names = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain("SLO relay--production--errors");
  });

  test("refuses a service that is not declared, and a stage of which nothing is known", async () => {
    await expect(sloExport(fleet, { service: "rely", format: "openslo" }, console)).rejects.toThrow(
      /^no service "rely" is declared\nexpected one of: .*relay.*; see services\/fleet\.ts; did you mean "relay"\?$/,
    );
    await expect(sloExport(fleet, { service: "relay", stage: "prod", format: "openslo" }, console)).rejects.toThrow(
      'nothing is known of the metrics of "relay" in stage "prod"\nmetrics are known of: relay staging, relay production',
    );
    await expect(sloExport(minimalFleet(), { format: "prometheus" }, console)).rejects.toThrow(
      'nothing is known of the metrics of "tiny"\nmetrics are known of: none; declare telemetry in services/',
    );
    expect(console.printed).toEqual([]);
  });

  describeWith(["promtool"], "with promtool", () => {
    test("prints what promtool takes", async () => {
      await sloExport(fleet, { service: "relay", format: "prometheus" }, console);
      expect(checkRules(printed()).output).toContain("SUCCESS");
    });
  });
});

describe("gatehouse slo import openslo", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));
  const options = { owner: "maintainers", runbook: "error-budget", minimumEvents: 100 };

  test("prints what was exported as text for a declaration, and says what it left", async () => {
    await sloExport(fleet, { service: "relay", format: "openslo" }, console);
    const file = join(directory, "slo.yaml");
    writeFileSync(file, printed());
    const imported = new RecordingConsole();
    await expect(sloImport({ ...options, file }, imported)).resolves.toBe(0);
    const relay = fleet.services.find(({ service }) => service.name === "relay")?.service;
    const read = new Function(`return {${imported.text}};`)();
    expect(read.objectives).toEqual(relay?.objectives);
    expect(imported.progressed.at(-1)).toBe(
      "4 objectives on 4 signals: signals belong into telemetry, objectives beside it",
    );
    expect(imported.progressed[0]).toContain("not taken over: 18 objects of alerting");
  });

  test("refuses a file that can't be read, or is no OpenSLO", async () => {
    const missing = join(directory, "missing.yaml");
    await expect(sloImport({ ...options, file: missing }, console)).rejects.toThrow(`can't read ${missing}: ENOENT`);
    const file = join(directory, "rules.yaml");
    writeFileSync(file, "groups: []\n");
    await expect(sloImport({ ...options, file }, console)).rejects.toThrow(`${file}: document 1, at apiVersion: `);
  });
});
