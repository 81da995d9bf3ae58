import type { Organization } from "../declaration/organization";

/**
 * What all services share. The ids are the example ids of Cloudflare's documentation: put your own account and zone in their place, and your
 * organization's login, before you plan against real accounts.
 */
export const organization: Organization = {
  github: { login: "openclaw", plan: "team", protectDefaultBranches: true },
  teams: {
    "pos-maintainers": { description: "Write and run the point-of-sale API" },
    "relay-maintainers": { description: "Write and run relay's API" },
    platform: { description: "Runs the delivery platform: CI, environments, cloud accounts" },
    secops: { description: "Security operations: secrets, scanning, incident response" },
  },
  cloudflare: {
    accountId: "023e105f4ecef8ad9ca31a8372d0c353",
    zones: { "example.com": "d56084adb405e0b7e32c52321bf07be6" },
  },
  grafana: {
    dataSources: {
      metrics: {
        kind: "prometheus",
        name: "Metrics",
        url: "https://prometheus.example.com",
        retentionDays: 90,
        scrapeSeconds: 15,
      },
    },
    contactPoints: {
      "pos-on-call": { kind: "existing", name: "PagerDuty openclaw-pos" },
      "pos-mail": { kind: "email", addresses: ["pos-alerts@example.com"] },
      "relay-on-call": { kind: "existing", name: "PagerDuty relay" },
      "relay-mail": { kind: "email", addresses: ["relay-alerts@example.com"] },
      "platform-on-call": { kind: "webhook", url: "https://on-call.example.com/grafana/platform" },
      "platform-mail": { kind: "email", addresses: ["platform-alerts@example.com"] },
    },
    routes: {
      "pos-maintainers": { page: "pos-on-call", critical: "pos-on-call", warning: "pos-mail", info: "pos-mail" },
      "relay-maintainers": {
        page: "relay-on-call",
        critical: "relay-on-call",
        warning: "relay-mail",
        info: "relay-mail",
      },
      platform: {
        page: "platform-on-call",
        critical: "platform-on-call",
        warning: "platform-mail",
        info: "platform-mail",
      },
    },
    fallback: "platform-mail",
    quietHours: {
      nights: {
        severities: ["warning", "info"],
        times: [
          { start: "20:00", end: "24:00" },
          { start: "00:00", end: "08:00" },
        ],
        location: "Europe/Berlin",
      },
    },
  },
  state: { kind: "local" },
};
