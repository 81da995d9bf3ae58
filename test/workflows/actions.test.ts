import { PinnedAction } from "../../declaration/ci";
import { ACTIONS } from "../../workflows/actions";

/** One repository's actions come from one commit. */
function repositoryOf(uses: string): string {
  return uses.split("@")[0]?.split("/").slice(0, 2).join("/") ?? "";
}

describe("the table of actions", () => {
  it.each(Object.entries(ACTIONS))("pins %s to a full commit, with the version beside it", (_name, action) => {
    expect(PinnedAction.safeParse(action).error).toBeUndefined();
    expect(action.version).toMatch(/^v?\d+(?:\.\d+){1,2}$/);
  });

  it("has one commit and one version for each repository", () => {
    const pins = new Map<string, Set<string>>();
    for (const { uses, version } of Object.values(ACTIONS)) {
      const pin = `${uses.split("@")[1]} ${version}`;
      pins.set(repositoryOf(uses), (pins.get(repositoryOf(uses)) ?? new Set()).add(pin));
    }
    for (const [repository, found] of pins) expect([repository, ...found]).toHaveLength(2);
  });

  it("has no release of trivy-action from before its tags were moved to malicious code", () => {
    const [, minor] = ACTIONS.trivy.version.slice(1).split(".");
    expect(Number(minor)).toBeGreaterThanOrEqual(35);
  });
});
