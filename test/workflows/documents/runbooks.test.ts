import type { Service } from "../../../declaration/service";
import { openclawPos } from "../../../services/openclaw-pos";
import { organization } from "../../../services/organization";
import { d1BackupRunbook } from "../../../workflows/documents/runbooks/d1-backup-and-restore";
import { incidentTemplate } from "../../../workflows/documents/runbooks/incident-template";
import { onCallRunbook } from "../../../workflows/documents/runbooks/on-call";
import { secretLeakRunbook } from "../../../workflows/documents/runbooks/secret-leak";

const service: Service = openclawPos;

function contentOf(runbook: typeof onCallRunbook, change: Partial<Service> = {}): string {
  return runbook({ service: { ...service, ...change }, organization }).content;
}

describe("the on-call runbook", () => {
  it("names the channel, the time to respond and the team that is called next", () => {
    const content = contentOf(onCallRunbook, {
      onCall: { channel: "#x", respondWithinMinutes: 7, escalateTo: "security" },
    });
    for (const part of ["`#x`", "within 7 minutes", "`security` (`@openclaw/secops`)"]) expect(content).toContain(part);
  });

  it("asks the health check of every stage and looks at its Worker", () => {
    const content = contentOf(onCallRunbook);
    expect(content).toContain("https://pos.example.com/health # production");
    expect(content).toContain("npx wrangler tail openclaw-pos-staging --status error # staging");
  });

  it("rolls back by releasing a good commit again", () => {
    expect(contentOf(onCallRunbook)).toContain(
      "gh workflow run release-cloudflare.yml --repo openclaw/openclaw-pos --ref main --field mode=rollback --field sha=",
    );
  });

  it("speaks of no Worker, and of no release workflow, where there is none", () => {
    const { edge: _edge, release: _release, ...plain } = service;
    const content = onCallRunbook({ service: plain, organization }).content;
    expect(content).not.toMatch(/wrangler|release-cloudflare|undefined/);
    expect(content).toContain("revert its pull request");
  });

  it("shows who is responsible, accountable, consulted and informed", () => {
    expect(contentOf(onCallRunbook)).toContain(
      "| `security` | Secrets, their rotation and the answer to a leak | `security` | `platform` | `maintainers` | `maintainers` |",
    );
  });

  it("gives a flaky check a date", () => {
    const content = contentOf(onCallRunbook, { flakes: { label: "it's flaky", fixWithinDays: 10 } });
    expect(content).toContain("It has 10 days:");
    expect(content).toContain("--label 'it'\\''s flaky'");
  });
});

describe("the incident template", () => {
  it("asks for facts, a timeline, a cause and changes with an owner and a date", () => {
    const content = contentOf(incidentTemplate);
    for (const part of ["## Timeline (UTC)", "## Cause", "| Change | Owner | Due | Issue |"])
      expect(content).toContain(part);
    expect(content).toContain("promised within 15 minutes");
  });
});

describe("the runbook of a leak", () => {
  const content = contentOf(secretLeakRunbook);

  it("goes from revoking to writing up, in that order (POS-9)", () => {
    expect(content.match(/^### .+$/gm)).toEqual([
      "### 1. Revoke",
      "### 2. Reissue",
      "### 3. Update",
      "### 4. Validate",
      "### 5. Write up",
    ]);
  });

  it("has every secret with its owner, environments and rotation", () => {
    expect(content).toContain(
      "| `CLOUDFLARE_API_TOKEN` | Deploys the Worker and migrates the database | `platform` (`@openclaw/platform`) | `staging`, `production` | 90 days |",
    );
    for (const [key, setting] of Object.entries(service.settings)) {
      expect(content.includes(`| \`${key}\` |`)).toBe(setting.kind === "secret");
    }
  });

  it("seals the new value without writing it down", () => {
    expect(content).toContain('gh secret set "$KEY" --repo openclaw/openclaw-pos --env "$ENVIRONMENT" --no-store');
    expect(content).toContain("`services/openclaw-pos.sealed.json`");
  });

  it("renews at the declared interval, and at offboarding", () => {
    expect(content).toContain("the shortest: every 90 days");
    expect(content).toContain("- [ ] `BACKUP_AGE_IDENTITY` (owner `security`): renewed, or never seen");
  });
});

describe("the runbook of backup and restore", () => {
  const content = contentOf(d1BackupRunbook);

  it("says what is kept how long, where, and who can open it (POS-10)", () => {
    expect(content).toContain("| daily (14) | `daily/openclaw-pos/`, 14 days |");
    expect(content).toContain("| weekly (8) | `weekly/openclaw-pos/`, 56 days |");
    expect(content).toContain("| monthly (6) | `monthly/openclaw-pos/`, 186 days |");
    expect(content).toContain("`BACKUP_AGE_IDENTITY`, held by `security`");
  });

  it("restores into a clone before production, and ends with the checklist (POS-11)", () => {
    expect(content.indexOf("into a clone and check it")).toBeLessThan(content.indexOf("**Then production**"));
    expect(content).toContain("scripts/restore-d1.sh --into staging-clone --smoke --identity <file");
    expect(content).toContain("#### Post-restore checklist");
    expect(content).toContain("`orders`, `order_items`, `payments`, `products`");
    expect(content).toContain("`npm run smoke:checkout`");
  });

  it("says when the drill runs and when it has failed", () => {
    expect(content).toContain("`23 4 1 1,4,7,10 *` UTC, environment `production-restore`");
    expect(content).toContain("takes longer than 60 minutes");
  });
});
