import type { Attributes } from "../../protocol/value-codec";
import type { ResourceRule } from "../rule";

const DAY = /^(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)$/;

function isTimeZone(location: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: location });
    return true;
  } catch {
    return false;
  }
}

/** A policy, or a tree of them, without a mute timing. */
function without(name: string, policy: Attributes): Attributes {
  const { mute_timings: muted, policy: below } = policy as Record<string, unknown[] | null | undefined>;
  return {
    ...policy,
    ...(Array.isArray(muted) && { mute_timings: muted.filter((each) => each !== name) }),
    ...(Array.isArray(below) && { policy: below.map((each) => without(name, each as Attributes)) }),
  };
}

/**
 * Source: internal/resources/grafana/resource_alerting_mute_timing.go of github.com/grafana/terraform-provider-grafana at
 * v4.21.0; the intervals: timeinterval/timeinterval.go of github.com/prometheus/alertmanager.
 */
export const muteTiming: ResourceRule = {
  type: "grafana_mute_timing",
  defaults: { disable_provenance: false },
  replaces: ["name", "disable_provenance", "org_id"],
  check: (config) => {
    config.matches("intervals.times.start", /^(?:[01]\d|2[0-3]):[0-5]\d$/, "a time, HH:MM");
    config.matches("intervals.times.end", /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, "a time, HH:MM, at most 24:00");
    for (const { path, value } of config.elements("intervals.times")) {
      const { start, end } = value as { readonly start: unknown; readonly end: unknown };
      if (typeof start === "string" && typeof end === "string" && start >= end)
        config.refuse(path, `${start}–${end}`, "an end after the start", "Split a period over midnight in two.");
    }
    for (const { path, value } of config.elements("intervals.weekdays")) {
      if (
        !String(value)
          .split(":")
          .every((day) => DAY.test(day))
      )
        config.refuse(path, value, "a weekday or a range of them", 'Write "monday" or "monday:friday".');
    }
    for (const { path, value } of config.all("intervals.location")) {
      if (!isTimeZone(String(value)))
        config.refuse(path, value, "a location of the IANA time zone database", 'Write e.g. "Europe/Berlin".');
    }
  },
  identity: ({ name }) => `1:${name}`,
  computed: ({ name }) => ({ id: `1:${name}` }),
  unique: ({ name }) => ({ key: String(name), words: "409: a time interval of that name already exists" }),
  // The provider takes it out of all policies first.
  beforeDestroy: ({ attributes }, { world }) => {
    for (const tree of world.list("grafana_notification_policy")) {
      world.put({ ...tree, attributes: without(String(attributes.name), tree.attributes) });
    }
  },
};
