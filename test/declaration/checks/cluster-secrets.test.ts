import { REMOVED } from "../change";
import { summitRefusals } from "../fixture";

const secret = { description: "A login", owner: "data", rotateEveryDays: 90 };

describe("what is sealed for clusters can be opened there", () => {
  test("keys without a Secret that they belong to are refused", () => {
    expect(summitRefusals({ "cluster.container.secret": REMOVED })).toContainEqual({
      path: "cluster.secrets",
      came: "keys of a Secret, and no container.secret",
      expected: "the name of the Secret in cluster.container.secret",
      remedy: 'write e.g. secret: "summit"',
    });
  });

  test("a cluster without the controller that opens them is refused", () => {
    expect(summitRefusals({}, { organization: { "clusters.eu-1.controllers": ["argo-rollouts"] } })).toContainEqual({
      path: "cluster.secrets",
      came: 'keys that are sealed for the stage "stage", whose cluster "eu-1" has no controller that opens them',
      expected: '"sealed-secrets" in its controllers',
      remedy: "add it to clusters.eu-1.controllers of services/organization.ts",
    });
  });

  test("a key that is a variable too is refused", () => {
    expect(summitRefusals({ "cluster.secrets": { LOG_LEVEL: secret } })).toContainEqual({
      path: "cluster.secrets.LOG_LEVEL",
      came: '"LOG_LEVEL", which is also a variable of the stage "stage"',
      expected: "one of both: the container has one value under each name",
      remedy: "rename one",
    });
  });

  test("an owner that is no role is refused, with the one that was meant", () => {
    expect(summitRefusals({ "cluster.secrets.DATABASE_URL.owner": "dta" })).toEqual([
      expect.objectContaining({
        path: "cluster.secrets.DATABASE_URL.owner",
        came: '"dta"',
        remedy: 'declare it, or name one of them; did you mean "data"?',
      }),
    ]);
  });

  test("a key that is renewed more seldom than all of the service's secrets is refused", () => {
    expect(
      summitRefusals({ secretRotation: { from: 1, to: 365 }, "cluster.secrets.DATABASE_URL.rotateEveryDays": 365 }),
    ).toEqual([]);
    expect(
      summitRefusals({ secretRotation: { from: 90, to: 365 }, "cluster.secrets.DATABASE_URL.rotateEveryDays": 30 }),
    ).toEqual([
      {
        path: "cluster.secrets.DATABASE_URL.rotateEveryDays",
        came: "30 days",
        expected: "90 to 365 days, as secretRotation says of all secrets of the service",
        remedy: "renew the secret so often, or change secretRotation for all of them",
      },
    ]);
  });

  test.each([
    ["no key", {}, "cluster.secrets", "at least one key"],
    [
      "a name that no environment variable has",
      { "database-url": secret },
      "cluster.secrets.database-url",
      "a key of up to 63 of A–Z, 0–9 and _, beginning with a letter",
    ],
  ])("%s is refused", (_what, secrets, path, expected) => {
    expect(summitRefusals({ "cluster.secrets": secrets })).toContainEqual(expect.objectContaining({ path, expected }));
  });
});
