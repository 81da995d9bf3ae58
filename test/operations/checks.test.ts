import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Fleet } from "../../declaration/fleet";
import { checks } from "../../operations/checks";
import { fleet } from "../../services/fleet";
import { organization } from "../../services/organization";
import { requiredChecks } from "../../workflows/ci/required-checks";
import { RecordingConsole } from "./recording-console";

const DOCUMENT = "docs/reference/required-checks.md";

async function printed(format: "text" | "json" | "markdown", service?: string, of: Fleet = fleet): Promise<string> {
  const console = new RecordingConsole();
  await expect(checks(of, { service, format }, console)).resolves.toBe(0);
  return console.printed.join("\n");
}

describe("gatehouse checks", () => {
  test(`${DOCUMENT} is what follows from the services: npx gatehouse checks --markdown > ${DOCUMENT}`, async () => {
    const kept = readFileSync(join(__dirname, "../..", DOCUMENT), "utf8");
    expect(kept).toBe(`${await printed("markdown")}\n`);
  });

  test("names every required check once, with a workflow and a job (MAE-2)", async () => {
    const { checks: rows } = JSON.parse(await printed("json"));
    const named = rows.map(({ service, check }: { service: string; check: string }) => `${service}: ${check}`);
    expect(named).toEqual(
      fleet.services.flatMap(({ service }) => requiredChecks(service).map((check) => `${service.name}: ${check}`)),
    );
    for (const row of rows)
      expect(row).toMatchObject({ workflow: expect.stringMatching(/\.yml$/), job: expect.any(String) });
  });

  test("says of a check that a called workflow reports which job calls it, and which gate it serves", async () => {
    const { checks: rows } = JSON.parse(await printed("json", "maestro"));
    expect(rows).toContainEqual({
      service: "maestro",
      check: "scan / secrets",
      workflow: "pr.yml",
      job: "scan",
      gate: "security",
    });
    expect(rows).toContainEqual({
      service: "maestro",
      check: "main-is-green",
      workflow: "main-is-green.yml",
      job: "reconcile",
    });
  });

  test("says how long a pull request may wait, and for what", async () => {
    expect(await printed("text", "hotdash")).toMatch(/hotdash: at most 9 minutes, .+ → ci-complete$/);
  });

  test("lists what a service requires in the phase that it is in, and nothing before the first (SUM-3)", async () => {
    const entry = fleet.services.find(({ service }) => service.name === "summit");
    if (entry === undefined) throw new Error("summit is not declared");
    const inPhase = async (phase: number) => {
      const early: Fleet = { organization, services: [{ ...entry, service: { ...entry.service, phase } }] };
      return JSON.parse(await printed("json", undefined, early)).checks.map(({ check }: { check: string }) => check);
    };
    await expect(inPhase(0)).resolves.toEqual([]);
    await expect(inPhase(2)).resolves.toEqual(["ci-pr"]);
  });

  test("refuses a service that isn't declared", async () => {
    await expect(checks(fleet, { service: "nobody", format: "text" }, new RecordingConsole())).rejects.toThrow(
      'no service "nobody" is declared\nexpected one of: openclaw-pos',
    );
  });
});
