import { minimalRefusals } from "../fixture";

const library = { repository: "example/library", commit: "0".repeat(40), version: "v1.0.0" };
const sbom = { kind: "package", gate: "sbom", timeoutMinutes: 5, keepDays: 30 };
const licenses = { kind: "licenses", gate: "license", timeoutMinutes: 5, allow: ["MIT"], needs: ["sbom"] };

function refusals(jobs: Readonly<Record<string, object>>) {
  const changes = Object.fromEntries(Object.entries(jobs).map(([id, job]) => [`ci.jobs.${id}`, job]));
  return minimalRefusals(changes, { organization: { library } });
}

describe("the gate of licenses", () => {
  test("is accepted after the job that writes the SBOM, near or far", () => {
    const between = { kind: "git-hygiene", gate: "sbom", timeoutMinutes: 5, maxFileKilobytes: 10, needs: ["sbom"] };
    expect(refusals({ sbom, licenses })).toEqual([]);
    expect(refusals({ sbom, between, licenses: { ...licenses, needs: ["between"] } })).toEqual([]);
  });

  test("is refused without an SBOM before it", () => {
    const { needs: _none, ...alone } = licenses;
    expect(refusals({ sbom, licenses: alone })).toEqual([
      {
        path: "ci.jobs.licenses.needs",
        came: "no job that writes an SBOM before this one",
        expected: 'a job of kind "package" that this one waits for',
        remedy: "declare one and name it in needs, or write ci.failFast: true",
      },
    ]);
  });

  test("is refused a second time, and at another gate", () => {
    expect(refusals({ sbom, licenses, more: { ...licenses, gate: "security" } })).toEqual([
      {
        path: "ci.jobs.more.kind",
        came: 'a second gate of licenses beside "licenses"',
        expected: "one: its script is there once",
        remedy: "remove one of the two jobs",
      },
      {
        path: "ci.jobs.more.gate",
        came: '"security"',
        expected: '"license": the phase that brings the gate is found by it',
        remedy: 'write gate: "license"',
      },
    ]);
  });

  test.each([
    ["no license", { allow: [] }, "allow"],
    ["an expression", { allow: ["MIT OR ISC"] }, "allow[0]"],
    [
      "a package accepted without a reason",
      { accepted: [{ package: "a", license: "none", because: "" }] },
      "accepted[0].because",
    ],
    ["a package without a name", { accepted: [{ package: "", license: "none", because: "x" }] }, "accepted[0].package"],
  ])("%s is refused", (_what, change, path) => {
    expect(refusals({ sbom, licenses: { ...licenses, ...change } })).toEqual([
      expect.objectContaining({ path: `ci.jobs.licenses.${path}` }),
    ]);
  });
});
