import type { Organization } from "../declaration/organization";

/**
 * What all services share. The ids are the example ids of Cloudflare's documentation: put your own account and zone in their place, and your
 * organization's login, before you plan against real accounts.
 */
export const organization: Organization = {
  github: { login: "openclaw", plan: "team", protectDefaultBranches: true },
  library: {
    repository: "openclaw/gatehouse",
    commit: "c72d45d5d2c151bd11d92ab6eea66222d4b7d3a7",
    version: "v0.1.0",
  },
  teams: {
    "pos-maintainers": { description: "Write and run the point-of-sale API" },
    "relay-maintainers": { description: "Write and run relay's API" },
    "summit-maintainers": { description: "Write and run summit" },
    "maestro-maintainers": { description: "Write and run the build platform's conductor" },
    "hotdash-maintainers": { description: "Write and run the Shopify dashboard" },
    "release-captains": { description: "Approve production releases; set a frozen release train going again" },
    data: { description: "Database schemas, migrations and their clones" },
    platform: { description: "Runs the delivery platform: CI, environments, cloud accounts" },
    secops: { description: "Security operations: secrets, scanning, incident response" },
  },
  cloudflare: {
    accountId: "023e105f4ecef8ad9ca31a8372d0c353",
    zones: { "example.com": "d56084adb405e0b7e32c52321bf07be6" },
  },
  clusters: {
    "eu-1": {
      description: "Services and their previews, Frankfurt",
      team: "platform",
      context: "eu-1",
      version: "1.33",
      entrance: { kind: "gateway-api", gateway: "public", namespace: "gateway-system", podsIn: "gateway-system" },
      metrics: { url: "http://prometheus.monitoring:9090", scrapedFrom: "monitoring" },
      controllers: ["argo-rollouts", "sealed-secrets"],
      admission: "kyverno",
    },
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
      "summit-on-call": { kind: "existing", name: "PagerDuty summit" },
      "summit-mail": { kind: "email", addresses: ["summit-alerts@example.com"] },
      "maestro-on-call": { kind: "existing", name: "PagerDuty maestro" },
      "maestro-mail": { kind: "email", addresses: ["maestro-alerts@example.com"] },
      "hotdash-on-call": { kind: "existing", name: "PagerDuty hotdash" },
      "hotdash-mail": { kind: "email", addresses: ["hotdash-alerts@example.com"] },
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
      "summit-maintainers": {
        page: "summit-on-call",
        critical: "summit-on-call",
        warning: "summit-mail",
        info: "summit-mail",
      },
      "maestro-maintainers": {
        page: "maestro-on-call",
        critical: "maestro-on-call",
        warning: "maestro-mail",
        info: "maestro-mail",
      },
      "hotdash-maintainers": {
        page: "hotdash-on-call",
        critical: "hotdash-on-call",
        warning: "hotdash-mail",
        info: "hotdash-mail",
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
