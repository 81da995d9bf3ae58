import { minimalRefusals } from "../fixture";

const secret = (rotateEveryDays: number) => ({
  kind: "secret",
  description: "A token",
  owner: "maintainers",
  local: "absent",
  environments: ["production"],
  rotateEveryDays,
});

describe("how often secrets of a service are renewed (HOT-3)", () => {
  test.each([90, 120, 180])("%d days are within 90 to 180", (days) => {
    const changes = { secretRotation: { from: 90, to: 180 }, "settings.TOKEN": secret(days) };
    expect(minimalRefusals(changes)).toEqual([]);
  });

  test.each([89, 181])("%d days are refused", (days) => {
    const changes = { secretRotation: { from: 90, to: 180 }, "settings.TOKEN": secret(days) };
    expect(minimalRefusals(changes)).toEqual([
      {
        path: "settings.TOKEN.rotateEveryDays",
        came: `${days} days`,
        expected: "90 to 180 days, as secretRotation says of all secrets of the service",
        remedy: "renew the secret so often, or change secretRotation for all of them",
      },
    ]);
  });

  test("is refused the wrong way round", () => {
    expect(minimalRefusals({ secretRotation: { from: 180, to: 90 }, "settings.TOKEN": secret(90) })).toEqual([
      {
        path: "secretRotation",
        came: "from 180 to 90 days",
        expected: "from not above to",
        remedy: "write the fewer days as from",
      },
    ]);
  });

  test.each([0, 366, 1.5])("%d days are no bound", (to) => {
    expect(minimalRefusals({ secretRotation: { from: 90, to } }).map(({ path }) => path)).toContain(
      "secretRotation.to",
    );
  });
});
