import { organization } from "../../../services/organization";
import { summit } from "../../../services/summit";
import { summitRefusals } from "../fixture";

const refusals = (change: Record<string, unknown>) => summitRefusals({}, { organization: change });

describe("clusters have a team, and a context of their own", () => {
  test("a team that is not declared is refused", () => {
    expect(refusals({ "clusters.eu-1.team": "plattform" })).toEqual([
      {
        path: "clusters.eu-1.team",
        came: '"plattform"',
        expected: expect.stringContaining("one of the teams of the organization"),
        remedy: 'declare it in organization.teams, or name one of them; did you mean "platform"?',
      },
    ]);
  });

  test("two clusters of one context are refused", () => {
    expect(refusals({ "clusters.eu-2": organization.clusters?.["eu-1"] })).toEqual([
      {
        path: "clusters.eu-2.context",
        came: '"eu-1", by which the cluster "eu-1" is reached',
        expected: "a context of its own: two names of one cluster would each install its controllers",
        remedy: "correct one, or remove it",
      },
    ]);
  });

  test.each([["1.27"], ["1.330"], ["v1.33"], [1.33]])("the version %j is refused", (version) => {
    expect(refusals({ "clusters.eu-1.version": version })[0]).toMatchObject({
      path: "clusters.eu-1.version",
      expected: 'a minor version from "1.28" on, such as "1.33"',
    });
  });

  test.each([["http://user:word@prometheus"], ["prometheus:9090"], ["file:///etc/passwd"], ["http://a b"]])(
    "the metrics' address %s is refused",
    (url) => {
      expect(refusals({ "clusters.eu-1.metrics.url": url })[0]).toMatchObject({
        path: "clusters.eu-1.metrics.url",
        remedy: "write scheme, host and port; a login belongs into a Secret that `authorization` names",
      });
    },
  );

  test("a service in a cluster of an organization without any is refused", () => {
    const paths = summitRefusals({}, { organization: { clusters: {} } }).map(({ path }) => path);
    for (const stage of Object.keys(summit.cluster.stages)) expect(paths).toContain(`cluster.stages.${stage}.cluster`);
    expect(paths).toContain("cluster.previews.cluster");
  });
});
