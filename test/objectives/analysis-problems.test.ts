import { objectiveProblems } from "../../objectives/objective-problems";
import { summitFleet } from "../declaration/fixture";

const problems = (service: Record<string, unknown>, organization: Record<string, unknown> = {}) => {
  const fleet = summitFleet({ service, organization });
  return fleet.services.flatMap((entry) => objectiveProblems(entry.service, fleet.organization));
};

describe("what a canary and a gate are judged by can be asked", () => {
  test("summit's can", () => {
    expect(problems({})).toEqual([]);
  });

  test.each([
    ["namespace", "the stage"],
    ["http_response_status_code", "a signal"],
    ["le", "a signal"],
  ])("the label %s tells no versions apart: %s is known by it", (versionLabel, by) => {
    expect(problems({ "cluster.stages.prod.canary.versionLabel": versionLabel })).toEqual([
      {
        subject: 'service "summit"',
        path: "cluster.stages.prod.canary.versionLabel",
        came: `the label "${versionLabel}", by which ${by} is known already`,
        expected: "a label that tells versions apart",
        remedy: "give each version's series a label of its own, such as version or track",
      },
    ]);
  });

  test("a gate that looks back over fewer than five scrapes is refused", () => {
    const found = problems(
      { "objectives.availability.gateMinutes": 4 },
      { "grafana.dataSources.metrics.scrapeSeconds": 60 },
    );
    expect(found).toContainEqual({
      subject: 'service "summit"',
      path: "cluster.stages.stage",
      came: 'service "summit", stage "stage", objective "availability": a window of 240 s',
      expected: "at least 300 s: 5 scrapes, one every 60 s",
      remedy: "raise the canary's observeSeconds, or the objective's gateMinutes (10 without)",
    });
  });
});
