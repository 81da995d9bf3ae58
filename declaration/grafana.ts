import { z } from "zod";
import { labelName } from "./selector";
import { SEVERITIES, severity } from "./telemetry";
import { entryKey, literals, matching, slug, text, wanted, wholeNumber } from "./values";

const url = matching(
  /^https?:\/\/(?![^/]*@)[\w.-]+(?::\d{1,5})?(?:\/[\w./~%+-]*)?$/,
  "an http(s) URL without user, password, query or fragment",
  "write the address alone: credentials belong to Grafana, not into a declaration",
);

/** A Prometheus-compatible store of metrics that Grafana asks. Its credentials are set in Grafana. */
export const DataSource = z.strictObject({
  kind: z.literal("prometheus"),
  /** As Grafana shows it. */
  name: text("the data source's name"),
  url,
  /** How long samples are kept. Days. */
  retentionDays: wholeNumber({
    what: "days",
    from: 1,
    to: 3650,
    remedy: "write the retention of the store: a window that is longer would never be full",
  }),
  /** How often targets are scraped. Seconds. */
  scrapeSeconds: wholeNumber({ what: "seconds", from: 1, to: 300, remedy: "write the scrape interval, e.g. 15" }),
  /** Labels that its series have; others can't be asked for then. @default - labels are not checked */
  labels: z.array(labelName).min(1).readonly().optional(),
  /**
   * Who computes the recording rules of objectives: Grafana, or whoever loads `gatehouse slo export --format prometheus`.
   * @default - nobody: alerts and panels ask the raw series
   */
  recordedBy: literals(["grafana", "rule-file"], "who records").optional(),
});
export type DataSource = z.infer<typeof DataSource>;

/** Where notifications go. A receiver with a secret is made in Grafana by hand and named here: Terraform would keep its key in the state. */
export const ContactPoint = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({
      kind: z.literal("email"),
      addresses: z
        .array(
          matching(
            /^[^\s@;,<>"\p{Cc}]{1,64}@[A-Za-z0-9.-]{1,190}$/u,
            "an e-mail address",
            "write the bare address, such as on-call@example.com",
          ),
        )
        .min(1, { error: wanted("at least one address", "name who gets it") })
        .readonly(),
    }),
    z.strictObject({ kind: z.literal("webhook"), url }),
    /** Made in Grafana by hand, under this name: PagerDuty, Slack and others that need a key. */
    z.strictObject({ kind: z.literal("existing"), name: text("the contact point's name in Grafana") }),
  ],
  {
    error: wanted(
      'a contact point of kind "email", "webhook" or "existing"',
      "name its kind; one with a key is made in Grafana by hand and named with kind existing",
    ),
  },
);
export type ContactPoint = z.infer<typeof ContactPoint>;

const clock = matching(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, "a time of day, HH:MM", 'write e.g. "22:00"');

/** When some severities are not sent. */
export const QuietHours = z.strictObject({
  severities: z
    .array(severity)
    .min(1, { error: wanted("at least one severity", 'write ["warning"]') })
    .readonly(),
  /** Periods of the day; one over midnight is written as two. */
  times: z
    .array(z.strictObject({ start: clock, end: clock }))
    .min(1, { error: wanted("at least one period", 'write [{ start: "22:00", end: "24:00" }]') })
    .readonly(),
  /** @default - every day */
  weekdays: z
    .array(
      literals(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], "a day of the week"),
    )
    .min(1)
    .readonly()
    .optional(),
  /** IANA time zone. */
  location: matching(
    /^(?:UTC|[A-Z][A-Za-z_]+(?:\/[A-Z][\w+-]+){1,2})$/,
    "an IANA time zone",
    'write e.g. "Europe/Berlin"',
  ),
});
export type QuietHours = z.infer<typeof QuietHours>;

/** Contact point by severity. */
const Route = z.partialRecord(z.enum(SEVERITIES), entryKey);

/** Grafana as the organization has it: what is asked, and who is told. */
export const Grafana = z.strictObject({
  dataSources: z.record(entryKey, DataSource),
  contactPoints: z.record(entryKey, ContactPoint),
  /** Contact points by team and severity. */
  routes: z.record(slug("a team's slug"), Route),
  /** Contact point for what no route takes. */
  fallback: entryKey,
  /** By name, e.g. `nights`. @default - nobody is spared */
  quietHours: z.record(entryKey, QuietHours).optional(),
});
export type Grafana = z.infer<typeof Grafana>;
