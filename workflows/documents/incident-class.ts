import type { Severity } from "../../declaration/telemetry";

/** How bad an incident is. */
export interface IncidentClass {
  readonly name: "critical" | "major" | "minor";
  /** What customers notice, in a few words. */
  readonly customers: string;
  readonly meaning: string;
  /** Alerts of this severity begin one. */
  readonly severity: Exclude<Severity, "info">;
  /** Alerts on an error budget that begin one. @default - none */
  readonly budget?: "page" | "ticket";
  /** Whether it is taken within the promised time to respond, at any hour. */
  readonly atOnce: boolean;
  /** Whether whoever comes next hears of it from the beginning. */
  readonly escalated: boolean;
  /** What is done, as Markdown. */
  readonly response: readonly string[];
}

/** The worst first. The names are those of the incident template. */
export const INCIDENT_CLASSES: readonly IncidentClass[] = [
  {
    name: "critical",
    customers: "all or most can't work, or data is lost or seen by others",
    meaning: "Everything else is dropped until it ends",
    severity: "page",
    budget: "page",
    atOnce: true,
    escalated: true,
    response: [
      "One person leads and does nothing else; one writes the timeline; the others work.",
      "Customers are told within the hour, and every hour after that.",
      "Nothing is released but what ends it.",
      "Written up within five working days, and read together.",
    ],
  },
  {
    name: "major",
    customers: "many notice errors or slowness, or some can't do one thing at all",
    meaning: "Somebody works on it until it ends; a second person is within reach",
    severity: "critical",
    atOnce: true,
    escalated: false,
    response: [
      "What explains it is rolled back first, and understood afterwards.",
      "No other release while it is open.",
      "Written up within five working days.",
    ],
  },
  {
    name: "minor",
    customers: "few notice, or nobody yet",
    meaning: "It has an owner and a date; nobody is woken for it",
    severity: "warning",
    budget: "ticket",
    atOnce: false,
    escalated: false,
    response: [
      "It becomes major when it grows, or when its date passes.",
      "Written up when there is something to learn.",
    ],
  },
];
