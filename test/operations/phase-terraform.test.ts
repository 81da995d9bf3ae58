import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { phase } from "../../operations/phase";
import type { PhaseReport } from "../../operations/phase-report";
import { deployAll } from "../../operations/sandbox-run";
import { openSession, type SandboxSession } from "../../operations/sandbox-session";
import { findTerraform } from "../../operations/terraform";
import { posFleet } from "../declaration/fixture";
import { describeWithTerraform } from "../support/programs";
import { RecordingConsole } from "./recording-console";

const fleet = posFleet({
  service: {
    "owners.platform": { team: "platform", access: "admin" },
    "owners.delivery": { team: "platform", access: "admin" },
    "owners.data": { team: "data", access: "push" },
    "owners.release-captain": { team: "release-captains", access: "maintain" },
    labels: {
      ...posFleet().services[0]?.service.labels,
      "freeze/main-red": { color: "b60205", description: "main is red" },
    },
  },
});

describeWithTerraform("gatehouse phase with Terraform", () => {
  let root: string;
  let session: SandboxSession;
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
    session = await openSession(fleet, await findTerraform(process.env), {
      keepIn: join(root, "kept"),
      environment: process.env,
    });
    await deployAll(session, session.stacks, new RecordingConsole());
  });
  afterAll(async () => {
    await session.close();
    rmSync(root, { recursive: true, force: true });
  });

  async function run(to: number, plan: boolean): Promise<PhaseReport> {
    const { GITHUB_TOKEN: _token, ...accounts } = session.runner.environment;
    const environment = { ...accounts, GATEHOUSE_STATE_DIRECTORY: join(root, "kept/state") };
    const console = new RecordingConsole();
    await phase(fleet, { service: "openclaw-pos", to, plan, json: true, environment, root }, console);
    return console.json as PhaseReport;
  }

  it("sees that the stacks of what is reached are as declared", async () => {
    const { phases } = await run(11, false);
    const stacks = phases.flatMap(({ validations }) => validations).filter(({ what }) => what.startsWith("stack "));
    expect(stacks).toEqual(
      ["repository", "staging", "production"].map((name) => ({
        what: `stack openclaw-pos-${name}`,
        sight: "ok",
        said: "as declared",
      })),
    );
  });

  it("plans the way back for real: what the phase brought goes, and no database", async () => {
    const { plans } = await run(10, true);
    const stacks = plans[0]?.stacks ?? [];
    expect(stacks.map(({ stack, status }) => `${stack}: ${status}`)).toEqual([
      "openclaw-pos-repository: same",
      "openclaw-pos-staging: differs",
      "openclaw-pos-production: differs",
    ]);
    const changes = stacks.flatMap((stack) => stack.changes);
    expect(new Set(changes.flatMap(({ actions }) => actions))).toEqual(new Set(["delete"]));
    expect(new Set(changes.map(({ type }) => type.split("_")[0]))).toEqual(new Set(["grafana"]));
    expect(changes.map(({ address }) => address).sort()).toEqual(
      plans[0]?.diff?.resources.map(({ address }) => address).sort(),
    );
    expect(readdirSync(root)).toEqual(["kept"]);
  });
});
