import type { Organization } from "../declaration/organization";

/**
 * What all services share. The ids are the example ids of Cloudflare's documentation: put your own account and zone in their place, and your
 * organization's login, before you plan against real accounts.
 */
export const organization: Organization = {
  github: { login: "openclaw", plan: "team", protectDefaultBranches: true },
  teams: {
    "pos-maintainers": { description: "Write and run the point-of-sale API" },
    platform: { description: "Runs the delivery platform: CI, environments, cloud accounts" },
    secops: { description: "Security operations: secrets, scanning, incident response" },
  },
  cloudflare: {
    accountId: "023e105f4ecef8ad9ca31a8372d0c353",
    zones: { "example.com": "d56084adb405e0b7e32c52321bf07be6" },
  },
  state: { kind: "local" },
};
