import type { AttributePath } from "../../protocol/attribute-path";
import type { Attributes } from "../../protocol/value-codec";
import type { Inspection } from "../inspection";
import type { Needs } from "../needs";
import type { ResourceRule } from "../rule";
import { durationSeconds } from "./duration";

const TYPE = "grafana_notification_policy";
const ID = "1:policy";

/** The contact point that every Grafana begins with. */
const FIRST_CONTACT_POINT = "grafana-default-email";

/** The tree that an organization begins with, and that a destroy goes back to. */
const FIRST_TREE: Attributes = {
  id: ID,
  contact_point: FIRST_CONTACT_POINT,
  group_by: ["grafana_folder", "alertname"],
  disable_provenance: true,
  group_wait: null,
  group_interval: null,
  repeat_interval: null,
  policy: [],
};

interface Placed {
  readonly policy: Attributes;
  readonly path: AttributePath;
}

/** A policy and all below it. */
export function policiesOf(policy: Attributes, path: AttributePath = []): readonly Placed[] {
  const below = (policy.policy ?? []) as readonly Attributes[];
  return [{ policy, path }, ...below.flatMap((each, i) => policiesOf(each, [...path, "policy", i]))];
}

/** @throws Refusal if there is no such contact point */
export function needContactPoint(name: unknown, path: AttributePath, needs: Needs): void {
  if ((name ?? "") === "" || name === FIRST_CONTACT_POINT) return;
  needs.some("grafana_contact_point", String(name), path, (attributes) => attributes.name === name);
}

function checkPolicies(config: Inspection): void {
  for (let path = "policy", depth = 1; depth <= 5; path += ".policy", depth += 1) {
    config.oneOf(`${path}.matcher.match`, ["=", "!=", "=~", "!~"]);
    checkTimes(config, `${path}.`);
  }
}

function checkTimes(config: Inspection, at: string): void {
  for (const name of ["group_wait", "group_interval", "repeat_interval"]) {
    for (const { path, value } of config.all(`${at}${name}`)) {
      if (durationSeconds(value) === undefined)
        config.refuse(path, value, "a duration", 'Write e.g. "30s", "5m" or "4h".');
    }
  }
}

/** Source: internal/resources/grafana/resource_alerting_notification_policy.go of github.com/grafana/terraform-provider-grafana at v4.21.0. */
export const notificationPolicy: ResourceRule = {
  type: TYPE,
  defaults: { disable_provenance: false },
  replaces: ["org_id"],
  check: (config) => {
    checkTimes(config, "");
    checkPolicies(config);
    for (const { path, value } of config.elements("group_by")) {
      if (value === "") config.refuse(path, value, "the name of a label", "Leave it out.");
    }
  },
  identity: () => ID,
  computed: () => ({ id: ID }),
  // One tree for the whole organization: creating it overwrites what is there.
  overwrites: true,
  needs: (planned, needs) => {
    for (const { policy, path } of policiesOf(planned)) {
      needContactPoint(policy.contact_point, [...path, "contact_point"], needs);
      for (const timing of (policy.mute_timings ?? []) as readonly unknown[]) {
        const named = (attributes: Attributes) => attributes.name === timing;
        needs.some("grafana_mute_timing", String(timing), [...path, "mute_timings"], named);
      }
    }
  },
  // A tree whose policies are all gone is read without its policies: the state keeps the old ones.
  reads: (real, state) =>
    state !== undefined && ((real.policy ?? []) as unknown[]).length === 0 ? { ...real, policy: state.policy } : real,
  destroy: () => FIRST_TREE,
  // Grafana always has a tree.
  imports: (_id, world) => world.get(TYPE, ID) ?? world.put({ type: TYPE, id: ID, attributes: FIRST_TREE }),
};
