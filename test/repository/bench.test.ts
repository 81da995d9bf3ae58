import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fleetOfCopies, withoutObjectives } from "../../bench/fleet-of-copies";
import { byIndex, SOURCES } from "../../bench/template-program";
import { stackNames } from "../../declaration/stack-names";
import { fleet } from "../../services/fleet";
import { fleetProblems } from "../../stacks/fleet-problems";
import { synthesizedFleet } from "../stacks/synthesized-fleet";

const ROOT = join(__dirname, "../..");

describe("the copies that the benchmark synthesizes", () => {
  test("are as valid as what they are copies of, and no two share a stack or an address", () => {
    const copies = fleetOfCopies(fleet, 3);
    expect(fleetProblems(copies)).toEqual([]);
    const stacks = copies.services.flatMap(({ service }) => Object.values(stackNames(service)));
    expect(new Set(stacks).size).toBe(stacks.length);
    const addresses = copies.services.flatMap(({ service }) =>
      Object.values(service.edge?.addresses ?? {}).map((address) => JSON.stringify(address)),
    );
    expect(new Set(addresses).size).toBe(addresses.length);
  });
});

describe("the copies without objectives", () => {
  const bare = withoutObjectives(fleetOfCopies(fleet, 2));

  test("are valid, and nothing of Grafana follows from them but what the organization has", () => {
    expect(fleetProblems(bare)).toEqual([]);
    const stacks = synthesizedFleet(bare).filter(({ name }) => name !== "organization");
    expect(stacks.length).toBeGreaterThan(0);
    for (const { json } of stacks) expect(Object.keys(json.resource ?? {}).join()).not.toContain("grafana");
  });
});

describe("the program that the benchmark compares with", () => {
  test("has every room that its sources import from", () => {
    const rooms = SOURCES.filter((source) => !source.includes("."));
    const imported = rooms.flatMap((room) =>
      readdirSync(join(ROOT, room), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".ts"))
        .flatMap((file) =>
          [...readFileSync(join(ROOT, room, file), "utf8").matchAll(/from "(\.\.?\/[^"]+)"/g)].map(
            ([, target = ""]) => join(room, dirname(file), target).split("/")[0] ?? "",
          ),
        ),
    );
    expect(new Set(imported)).toEqual(new Set(rooms.filter((room) => imported.includes(room))));
    expect(imported.length).toBeGreaterThan(100);
  });

  test("imports the providers by their package's index", () => {
    const source = 'import { Team, type TeamConfig } from "@cdktf/provider-github/lib/team";\nnew Team();\n';
    expect(byIndex(source)).toBe(
      [
        'import { team as teamNamespace } from "@cdktf/provider-github";',
        "import Team = teamNamespace.Team;",
        "type TeamConfig = teamNamespace.TeamConfig;",
        "new Team();",
        "",
      ].join("\n"),
    );
  });

  test("finds an import of several lines, and leaves every other import alone", () => {
    const source = [
      'import {\n  RepositoryRuleset,\n} from "@cdktf/provider-github/lib/repository-ruleset";',
      'import { TerraformStack } from "cdktf";',
    ].join("\n");
    expect(byIndex(source)).toBe(
      [
        'import { repositoryRuleset as repositoryRulesetNamespace } from "@cdktf/provider-github";',
        "import RepositoryRuleset = repositoryRulesetNamespace.RepositoryRuleset;",
        'import { TerraformStack } from "cdktf";',
      ].join("\n"),
    );
  });
});
