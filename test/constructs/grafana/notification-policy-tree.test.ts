import {
  NotificationPolicyTree,
  type NotificationPolicyTreeProps,
} from "../../../constructs/grafana/notification-policy-tree";
import { resourceOf, synthesized } from "../synthesized";

interface Policy {
  readonly matcher: readonly { readonly label: string; readonly match: string; readonly value: string }[];
  readonly contact_point?: string;
  readonly mute_timings?: readonly string[];
  readonly policy?: readonly Policy[];
}

const props: NotificationPolicyTreeProps = {
  fallback: "mail",
  routes: { relay: { warning: "mail", page: "pager", critical: "pager" }, platform: { page: "pager" } },
  quiet: { warning: ["nights", "weekends"] },
  always: "always",
};

function treeWith(changes: Partial<NotificationPolicyTreeProps> = {}): Readonly<Record<string, unknown>> {
  return resourceOf(
    (stack) => void new NotificationPolicyTree(stack, "tree", { ...props, ...changes }),
    "grafana_notification_policy",
  );
}

const [silence, platform, relay] = treeWith().policy as readonly Policy[];

describe("NotificationPolicyTree", () => {
  it("sends what no policy takes to the fallback, grouped as Grafana does", () => {
    expect(treeWith()).toMatchObject({ contact_point: "mail", group_by: ["grafana_folder", "alertname"] });
  });

  it("first of all silences the alerts of stages that notify nobody", () => {
    expect(silence).toEqual({ matcher: [{ label: "notify", match: "=", value: "no" }], mute_timings: ["always"] });
  });

  it("has a policy for each team, whatever their order in the declaration", () => {
    expect([platform, relay].map((policy) => policy?.matcher)).toEqual([
      [{ label: "team", match: "=", value: "platform" }],
      [{ label: "team", match: "=", value: "relay" }],
    ]);
    const reversed = { platform: props.routes.platform ?? {}, relay: props.routes.relay ?? {} };
    expect(treeWith({ routes: reversed })).toEqual(treeWith());
  });

  it("routes each severity, the most severe first", () => {
    expect(relay?.policy?.map(({ matcher, contact_point }) => [matcher[0]?.value, contact_point])).toEqual([
      ["page", "pager"],
      ["critical", "pager"],
      ["warning", "mail"],
    ]);
    expect(relay?.policy?.every(({ matcher }) => matcher[0]?.label === "severity")).toBe(true);
  });

  it("lets a page out within seconds and an info wait for company", () => {
    const paces = treeWith({ routes: { relay: { page: "pager", info: "mail" } } }).policy as readonly Policy[];
    expect(paces[1]?.policy).toMatchObject([
      { group_wait: "10s", group_interval: "1m", repeat_interval: "1h" },
      { group_wait: "5m", group_interval: "30m", repeat_interval: "1d" },
    ]);
  });

  it("is quiet for the severities that quiet hours name, and for no others", () => {
    expect(relay?.policy?.map(({ mute_timings }) => mute_timings)).toEqual([
      undefined,
      undefined,
      ["nights", "weekends"],
    ]);
    expect(platform?.policy?.[0]).not.toHaveProperty("mute_timings");
  });

  it("leaves a team without routes to the fallback", () => {
    const [, team] = treeWith({ routes: { idle: {} } }).policy as readonly Policy[];
    expect(team).toEqual({
      matcher: [{ label: "team", match: "=", value: "idle" }],
      group_by: ["service", "stage"],
    });
  });

  it("takes over the tree that is there, so that a plan shows what it changes, and never goes", () => {
    const stack = synthesized((scope) => void new NotificationPolicyTree(scope, "tree", props));
    expect(stack.import).toEqual([{ to: "grafana_notification_policy.tree", id: "policy" }]);
    expect(treeWith().lifecycle).toEqual({ prevent_destroy: true });
  });
});
