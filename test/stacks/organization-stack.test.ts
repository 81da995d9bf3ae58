import { minimalFleet } from "../declaration/fixture";
import { resources, stackNamed, synthesizedFleet } from "./synthesized-fleet";

function organizationOf(changes: Parameters<typeof minimalFleet>[0]) {
  return stackNamed(synthesizedFleet(minimalFleet(changes)), "organization");
}

describe("the organization's stack", () => {
  test("has the teams, visible to all members and safe from being destroyed", () => {
    expect(resources(organizationOf({}), "github_team")).toEqual({
      "team-builders": {
        name: "builders",
        description: "Build it and run it",
        privacy: "closed",
        lifecycle: { prevent_destroy: true },
      },
    });
  });

  test("has a ruleset for every default branch when the organization asks for it", () => {
    const stack = organizationOf({ organization: { "github.protectDefaultBranches": true } });
    expect(Object.values(resources(stack, "github_organization_ruleset"))).toMatchObject([
      {
        enforcement: "active",
        conditions: { ref_name: { include: ["~DEFAULT_BRANCH"] }, repository_name: { include: ["~ALL"] } },
        rules: { deletion: true, non_fast_forward: true },
      },
    ]);
  });

  test("has none when the organization doesn't", () => {
    expect(resources(organizationOf({}), "github_organization_ruleset")).toEqual({});
  });

  test("has the bucket of the audit trail, in which nothing can be changed or deleted", () => {
    const audit = {
      bucket: { name: "openclaw-audit", jurisdiction: "eu" },
      signers: { ci: { publicKey: "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=" } },
    };
    const cloudflare = { accountId: "023e105f4ecef8ad9ca31a8372d0c353", zones: {} };
    const stack = organizationOf({ organization: { audit, cloudflare } });
    expect(Object.values(resources(stack, "cloudflare_r2_bucket"))).toMatchObject([
      { name: "openclaw-audit", jurisdiction: "eu", lifecycle: { prevent_destroy: true } },
    ]);
    expect(Object.values(resources(stack, "cloudflare_r2_bucket_lock"))).toMatchObject([
      { jurisdiction: "eu", rules: [{ prefix: "", condition: { type: "Indefinite" } }] },
    ]);
    expect(stack.json.provider).toEqual({ github: [{}], cloudflare: [{}] });
  });

  test("has no provider but GitHub's, and no credential", () => {
    expect(organizationOf({}).json.provider).toEqual({ github: [{}] });
  });
});
