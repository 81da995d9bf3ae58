import type { Service } from "../../../declaration/service";
import { openclawPos } from "../../../services/openclaw-pos";
import { organization } from "../../../services/organization";
import { relay } from "../../../services/relay";
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

  it("lists the newest release first: the time is in its tag, while its commit may be an old one", () => {
    expect(contentOf(onCallRunbook)).toContain("git tag --list 'prod-*' --sort=-refname");
  });

  it("names no incident template where there is none", () => {
    expect(contentOf(onCallRunbook, { runbooks: ["on-call"] })).not.toContain("incident-template");
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

  it("asks for the tag that the service's releases have, whatever delivers it", () => {
    expect(contentOf(incidentTemplate)).toContain("| Release at the time | tag `prod-*` and commit |");
    const onRailway = incidentTemplate({ service: relay, organization }).content;
    expect(onRailway).toContain("| Release at the time | tag `prod-*` and commit |");
    const { release: _release, ...plain } = service;
    expect(incidentTemplate({ service: plain, organization }).content).toContain("| Release at the time | commit |");
  });

  it("names the runbooks that the service has, by their paths: a link would not work in an issue", () => {
    expect(contentOf(incidentTemplate)).toContain(
      '"Post-restore checklist" in `docs/runbooks/d1-backup-and-restore.md` was followed',
    );
    expect(incidentTemplate({ service: relay, organization }).content).toContain(
      '"Post-restore checklist" in `docs/runbooks/postgres-backup-and-restore.md` was followed',
    );
    const bare = contentOf(incidentTemplate, { runbooks: ["incident-template"] });
    expect(bare).not.toContain("docs/runbooks/");
    expect(bare).not.toContain("If data was restored");
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

  it("says of each kind of secret how it is made void, of the identity that it can't be", () => {
    expect(content).toContain("- `CLOUDFLARE_API_TOKEN`, `CLOUDFLARE_BACKUP_TOKEN`: Cloudflare dashboard");
    expect(content).toContain("- `BACKUP_R2_ACCESS_KEY_ID`, `BACKUP_R2_SECRET_ACCESS_KEY`: Cloudflare dashboard → R2");
    expect(content).toContain("- `BACKUP_AGE_IDENTITY`: it can't be made void.");
    const { edge: _edge, release: _release, ...plain } = service;
    const settings = { SENTRY_DSN: openclawPos.settings.SENTRY_DSN };
    const bare = secretLeakRunbook({ service: { ...plain, settings }, organization }).content;
    expect(bare).toContain("\n\nAt whoever issued it.\n\n");
    expect(bare).not.toContain("Cloudflare");
  });

  it("asks of a token both whether a user's and whether the account's is void: each is unknown to the other address", () => {
    for (const owner of ["user", "accounts/023e105f4ecef8ad9ca31a8372d0c353"])
      expect(content).toContain(`https://api.cloudflare.com/client/v4/${owner}/tokens/verify`);
  });

  it("has every secret with its owner, environments and rotation", () => {
    expect(content).toContain(
      "| `CLOUDFLARE_API_TOKEN` | Deploys the Worker and migrates the database | `platform` (`@openclaw/platform`) | `staging`, `production` | 90 days |",
    );
    for (const [key, setting] of Object.entries(service.settings)) {
      expect(content.includes(`| \`${key}\` |`)).toBe(setting.kind === "secret");
    }
  });

  it("has tokens made by nobody, and revoked under the name that they were made with", () => {
    expect(content).toContain("npx gatehouse rotate openclaw-pos staging CLOUDFLARE_API_TOKEN\n");
    expect(content).toContain("named `gatehouse openclaw-pos <environment> <key>`");
    expect(content).not.toContain("gatehouse seal openclaw-pos staging CLOUDFLARE_API_TOKEN");
    expect(content).toContain("nobody has seen a token that `gatehouse rotate` made");
  });

  it("seals every other value without writing it down, and says how to see that it is set", () => {
    expect(content).toContain("npx gatehouse seal openclaw-pos production-restore BACKUP_AGE_IDENTITY\n");
    expect(content).toContain("Commit `services/openclaw-pos.sealed.json`");
    expect(content).toContain("npx gatehouse secrets openclaw-pos\n");
  });

  it("has nothing to seal of a service that has no secrets", () => {
    const { edge: _edge, release: _release, ...plain } = service;
    const bare = secretLeakRunbook({ service: { ...plain, settings: {} }, organization }).content;
    expect(bare).toContain("The service has no secrets.");
    expect(bare).not.toMatch(/gatehouse (?:seal|rotate)|cdktf deploy/);
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

  it("restores a backup that somebody chose: the newest one is that of the damage", () => {
    expect(content.indexOf("Take a backup of the damaged state")).toBeLessThan(
      content.indexOf("**Choose the backup**"),
    );
    const commands = content.match(/^scripts\/restore-d1\.sh .+$/gm);
    expect(commands).toHaveLength(2);
    for (const command of commands ?? []) expect(command).toMatch(/ --backup <(?:the same )?key>$/);
  });

  it("says when the drill runs and when it has failed", () => {
    expect(content).toContain("`23 4 1 1,4,7,10 *` UTC, environment `production-restore`");
    expect(content).toContain("takes longer than 60 minutes");
  });
});
