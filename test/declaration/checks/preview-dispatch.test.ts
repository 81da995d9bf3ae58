import { SECRET } from "../../support/secret-setting";
import { summitRefusals } from "../fixture";

const dispatch = { repository: "openclaw/platform", token: "PREVIEWS_TOKEN", environment: "previews" };
const token = { ...SECRET, owner: "platform", environments: ["previews"] };
const asking = { "cluster.previews.dispatch": dispatch, "settings.PREVIEWS_TOKEN": token };

describe("previews that pull requests get by themselves", () => {
  test("are asked for from an unattended environment with the token", () => {
    expect(summitRefusals(asking)).toEqual([]);
  });

  test("can't be asked for from an environment with reviewers: they would approve every preview", () => {
    expect(summitRefusals({ ...asking, "cluster.previews.dispatch": { ...dispatch, environment: "prod" } })).toEqual([
      {
        path: "cluster.previews.dispatch.environment",
        came: '"prod"',
        expected: 'one of the unattended environments: "previews", "migrations", "renovate", "traces"',
        remedy: "declare it in stages.<stage>.unattended: one with reviewers would have them approve every preview",
      },
    ]);
  });

  test("need the token in that environment", () => {
    expect(summitRefusals({ ...asking, "settings.PREVIEWS_TOKEN": { ...token, environments: ["stage"] } })).toEqual([
      {
        path: "cluster.previews.dispatch.token",
        came: '"PREVIEWS_TOKEN", which the environment "previews" doesn\'t define',
        expected: 'a key that "previews" defines: the workflow reads it there',
        remedy: 'add "previews" to settings.PREVIEWS_TOKEN.environments',
      },
    ]);
  });

  test.each(["registry.example.com/openclaw/summit", "ghcr.io/somebody/summit"])(
    "have no image %s: only GitHub's registry takes the token of a pull request's run, and only for this organization",
    (repository) => {
      expect(summitRefusals({ ...asking, "cluster.image.repository": repository })).toEqual([
        expect.objectContaining({
          path: "cluster.previews.dispatch",
          came: `previews of ${repository}`,
          remedy: "keep the image there, or drop dispatch and make previews by hand: npx gatehouse preview up",
        }),
      ]);
    },
  );

  test.each(["platform", "openclaw/..", "openclaw/a/b", "-o/p", "o/p; id"])(
    "are asked for in a repository, and %j is none",
    (repository) => {
      expect(summitRefusals({ ...asking, "cluster.previews.dispatch.repository": repository })).toEqual([
        expect.objectContaining({
          path: "cluster.previews.dispatch.repository",
          expected: 'a repository such as "openclaw/platform"',
        }),
      ]);
    },
  );
});
