import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changed } from "../../operations/changed";
import { deployWaves } from "../../operations/deploy-waves";
import { synthesize } from "../../operations/synthesize";
import { fleet } from "../../services/fleet";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "gatehouse-changed-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function listed(base: string | undefined, head: string): Promise<readonly string[]> {
  const printed: string[] = [];
  await changed({ base, head, json: false }, { print: (line) => printed.push(line), progress: () => {} });
  return printed;
}

describe("gatehouse changed", () => {
  test("a change of one service's production lists that stack alone (ORG-4)", async () => {
    const entry = fleet.services[0];
    if (entry === undefined) throw new Error("no service is declared");
    const { stages } = entry.service;
    const last = Object.keys(stages).at(-1) ?? "";
    const other = {
      ...entry,
      service: { ...entry.service, stages: { ...stages, [last]: { ...stages[last], waitMinutes: 9 } } },
    } as typeof entry;
    await synthesize(fleet, join(directory, "base"), {});
    await synthesize({ ...fleet, services: [other, ...fleet.services.slice(1)] }, join(directory, "head"), {});
    expect(await listed(join(directory, "base"), join(directory, "head"))).toEqual([
      `${entry.service.name}-${last} changed`,
    ]);
    expect(await listed(join(directory, "base"), join(directory, "base"))).toEqual([]);
  });

  test("without a base every stack is new", async () => {
    const stacks = await synthesize(fleet, join(directory, "alone"), {});
    expect(await listed(undefined, join(directory, "alone"))).toEqual(stacks.map(({ name }) => `${name} new`).sort());
  });

  test("a directory without a finished synth is refused, with the command that makes one", async () => {
    await expect(listed(undefined, join(directory, "none"))).rejects.toThrow(
      /manifest\.json could not be read: .*ENOENT[\s\S]*make it with: npx cdktf synth --output/,
    );
  });
});

describe("waves of a deploy", () => {
  test("the organization and repositories come first, then stages that others wait for, then the last ones", async () => {
    const stack = (name: string, stage: string | undefined, dependsOn: string[]) => ({
      name,
      service: name.split("-")[0],
      stage,
      dependsOn,
    });
    const waves = deployWaves([
      stack("a-dev", "dev", ["a-repository"]),
      stack("a-production", "production", ["a-staging"]),
      stack("a-repository", undefined, ["organization"]),
      stack("a-staging", "staging", ["a-dev"]),
      stack("b-live", "live", ["b-repository"]),
      stack("b-repository", undefined, ["organization"]),
      stack("organization", undefined, []),
    ]);
    expect(waves.map(({ stack, wave }) => `${wave}: ${stack}`)).toEqual([
      "foundation: organization",
      "foundation: a-repository",
      "foundation: b-repository",
      "rehearsal: a-dev",
      "rehearsal: a-staging",
      "production: a-production",
      "production: b-live",
    ]);
  });

  test("every stack of the services is in a wave, and each service's last stage is in the last", async () => {
    const stacks = await synthesize(fleet, join(directory, "waves"), {});
    const waves = deployWaves(stacks);
    expect(waves.map(({ stack }) => stack).sort()).toEqual(stacks.map(({ name }) => name).sort());
    for (const { service } of fleet.services) {
      const last = `${service.name}-${Object.keys(service.stages).at(-1)}`;
      expect(waves).toContainEqual({ stack: last, wave: "production" });
    }
  });
});
