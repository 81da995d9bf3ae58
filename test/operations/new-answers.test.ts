import type { Fleet } from "../../declaration/fleet";
import { Interview } from "../../operations/interview";
import { answersOf, type NewFlags } from "../../operations/new-answers";
import { fleet } from "../../services/fleet";
import { RecordingConsole } from "./recording-console";

/** An organization whose first service it is: nothing can be taken from others. */
const empty: Fleet = { ...fleet, services: [] };
const RECIPIENT = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

const answers = (flags: Partial<NewFlags>, of = empty) =>
  answersOf(
    of,
    { service: "demo", kinds: ["edge"], owners: {}, ...flags },
    new Interview({ yes: true, ask: undefined, console: new RecordingConsole() }),
  );

describe("what a new service is to be", () => {
  it("follows from what the other services do", async () => {
    const { asked, assumed } = await answers({}, fleet);
    expect(asked).toEqual({
      kind: "edge",
      name: "demo",
      description: "An API on Cloudflare Workers and D1",
      owners: { maintainers: "demo-maintainers", platform: "platform", security: "secops" },
      stages: ["staging", "production"],
      visibility: "public",
      domain: "example.com",
      dataSource: "metrics",
      backupRecipient: RECIPIENT,
      collector: "otel-collector.example.com:8889",
      prober: "blackbox-exporter.example.com:9115",
    });
    expect(assumed).toEqual([]);
  });

  it("is asked for where there are none, all at once", async () => {
    await expect(answers({})).rejects.toThrow(
      'there is no default for\n  --owner security=<team>: team that plays the role "security"\n  --backup-recipient <recipient>: public age recipient that backups are encrypted for\n',
    );
  });

  it("is assumed where a convention helps, and said so", async () => {
    const edge = await answers({ owners: { security: "secops" }, backupRecipient: RECIPIENT });
    expect(edge.asked.visibility).toBe("private");
    expect(edge.assumed).toEqual([
      "otel-collector.example.com:8889 gives out the metrics of the Worker's spans",
      "blackbox-exporter.example.com:9115 asks the health check from outside",
    ]);
    const owners = { security: "secops", delivery: "platform", "release-captain": "release-captains" };
    const cluster = await answers({ kinds: ["cluster"], owners });
    expect(cluster.asked).toMatchObject({
      previewDomain: "preview.example.com",
      platformRepository: "openclaw/gatehouse",
    });
    expect(cluster.assumed).toEqual([
      "openclaw/gatehouse is the repository that this program runs in, and makes the previews",
    ]);
  });

  it("can't be anything without metrics to promise something of, or without a place to run in", async () => {
    const { grafana: _, ...blind } = fleet.organization;
    await expect(answers({}, { ...fleet, organization: blind })).rejects.toThrow(
      "declare grafana with a data source in services/organization.ts",
    );
    const { clusters: __, ...homeless } = fleet.organization;
    await expect(answers({ kinds: ["cluster"] }, { ...fleet, organization: homeless })).rejects.toThrow(
      "there is no default for\n  --cluster-name <cluster>",
    );
    const { cloudflare: ___, ...grounded } = fleet.organization;
    await expect(answers({}, { ...fleet, organization: grounded })).rejects.toThrow(
      "there is no default for\n  --domain <domain>",
    );
  });
});
