import type { Kind, NewService } from "../../scaffold/asked";

const COMMON = {
  name: "demo",
  description: "A demonstration",
  owners: { maintainers: "demo-maintainers", platform: "platform", security: "secops" },
  stages: ["staging", "production"],
  visibility: "public",
  domain: "example.com",
  dataSource: "metrics",
} as const;

/** The example recipient of age's README. */
const RECIPIENT = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

/** A service that is asked for, of each kind. */
export const ASKED: Readonly<Record<Kind, NewService>> = {
  edge: {
    ...COMMON,
    kind: "edge",
    backupRecipient: RECIPIENT,
    collector: "otel-collector.example.com:8889",
    prober: "blackbox-exporter.example.com:9115",
  },
  cluster: {
    ...COMMON,
    kind: "cluster",
    owners: { ...COMMON.owners, delivery: "platform", data: "data", "release-captain": "release-captains" },
    cluster: "eu-1",
    previewDomain: "preview.example.com",
    platformRepository: "openclaw/gatehouse",
  },
  railway: { ...COMMON, kind: "railway", backupRecipient: RECIPIENT },
  fly: { ...COMMON, kind: "fly", flyOrganization: "openclaw", region: "ord" },
};
