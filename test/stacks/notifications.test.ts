import { TerraformStack } from "cdktf";
import type { Grafana } from "../../declaration/grafana";
import { Notifications } from "../../stacks/notifications";
import { resources, type SynthesizedStack, stackNamed, stacksOf } from "./synthesized-fleet";

const grafana: Grafana = {
  dataSources: {
    metrics: {
      kind: "prometheus",
      name: "Metrics",
      url: "http://prometheus:9090",
      retentionDays: 90,
      scrapeSeconds: 15,
    },
  },
  contactPoints: {
    mail: { kind: "email", addresses: ["platform@example.com"] },
    hook: { kind: "webhook", url: "https://hooks.example.com/alerts" },
    pager: { kind: "existing", name: "PagerDuty ${on-call}" },
  },
  routes: { relay: { page: "pager", warning: "hook" } },
  fallback: "mail",
  quietHours: {
    weekends: { severities: ["warning", "info"], times: [{ start: "00:00", end: "24:00" }], location: "UTC" },
    nights: { severities: ["warning"], times: [{ start: "22:00", end: "24:00" }], location: "Europe/Berlin" },
  },
};

function notified(changes: Partial<Grafana> = {}): SynthesizedStack {
  const stacks = stacksOf((app) => {
    new Notifications(new TerraformStack(app, "organization"), { grafana: { ...grafana, ...changes } });
  });
  return stackNamed(stacks, "organization");
}

const stack = notified();

describe("what the organization has of Grafana", () => {
  test("its data sources have uids that services can compute", () => {
    expect(resources(stack, "grafana_data_source")["data-source-metrics"]).toMatchObject({
      uid: "gatehouse_metrics",
      name: "Metrics",
    });
  });

  test("contact points that exist are named, and only the others made", () => {
    expect(Object.keys(resources(stack, "grafana_contact_point"))).toEqual([
      "contact-point-mail",
      "contact-point-hook",
    ]);
    const { policy } = resources(stack, "grafana_notification_policy")["notification-policy"] ?? {};
    expect(policy).toMatchObject([
      { mute_timings: ["${grafana_mute_timing.quiet-always.name}"] },
      {
        policy: [
          { contact_point: "PagerDuty $${on-call}" },
          { contact_point: "${grafana_contact_point.contact-point-hook.name}" },
        ],
      },
    ]);
  });

  test("what no route takes goes to the fallback", () => {
    expect(resources(stack, "grafana_notification_policy")["notification-policy"]).toMatchObject({
      contact_point: "${grafana_contact_point.contact-point-mail.name}",
    });
  });

  test("quiet hours spare the severities they name, in the order of their names", () => {
    const { policy } = resources(stack, "grafana_notification_policy")["notification-policy"] ?? {};
    const [, team] = policy as { policy: { mute_timings?: string[] }[] }[];
    expect(team?.policy.map(({ mute_timings }) => mute_timings)).toEqual([
      undefined,
      ["${grafana_mute_timing.quiet-hours-nights.name}", "${grafana_mute_timing.quiet-hours-weekends.name}"],
    ]);
  });

  test("one mute timing covers all of time", () => {
    expect(resources(stack, "grafana_mute_timing")["quiet-always"]).toMatchObject({
      name: "Gatehouse always",
      intervals: [{ times: [{ start: "00:00", end: "24:00" }] }],
    });
  });

  test("no secret is in it", () => {
    expect(JSON.stringify(stack.json)).not.toMatch(/secure_json|http_headers|integration_key|authorization|password/);
  });

  test.each<[string, Partial<Grafana>, string]>([
    [
      "a route to nowhere",
      { routes: { relay: { page: "phone" } } },
      'grafana.routes.relay.page: came "phone", expected one of grafana.contactPoints: mail, hook, pager; declare it there',
    ],
    [
      "a fallback to nowhere",
      { fallback: "phone" },
      'grafana.fallback: came "phone", expected one of grafana.contactPoints: mail, hook, pager; declare it there',
    ],
  ])("%s is refused", (_, changes, message) => {
    expect(() => notified(changes)).toThrow(message);
  });
});
