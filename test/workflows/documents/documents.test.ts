import { parse } from "yaml";
import type { Service } from "../../../declaration/service";
import { openclawPos } from "../../../services/openclaw-pos";
import { organization } from "../../../services/organization";
import { checksDocument } from "../../../workflows/documents/checks-document";
import { cloudflareTokens } from "../../../workflows/documents/cloudflare-tokens";
import { codeOwners } from "../../../workflows/documents/code-owners";
import { envExample } from "../../../workflows/documents/env-example";
import { flakeIssueTemplate } from "../../../workflows/documents/flake-issue-template";
import { pullRequestTemplate } from "../../../workflows/documents/pull-request-template";
import { secretMatrix } from "../../../workflows/documents/secret-matrix";
import { serviceWorkflows } from "../../../workflows/service-workflows";
import { HOSTILE } from "../hostile-text";

const service: Service = openclawPos;

function row(content: string, key: string): readonly string[] {
  const line = content.split("\n").find((text) => text.startsWith(`| \`${key}\` |`));
  return line?.slice(2, -2).split(" | ") ?? [];
}

describe("CODEOWNERS", () => {
  const { path, content } = codeOwners(service, organization);
  const patterns = content.split("\n").filter((line) => line !== "" && !line.startsWith("#"));

  it("lies where GitHub looks for it", () => {
    expect(path).toBe(".github/CODEOWNERS");
  });

  it("names the teams that are responsible and accountable, each once, in the order of the areas", () => {
    expect(patterns[0]).toBe("* @openclaw/pos-maintainers");
    expect(patterns).toContain("/.github/ @openclaw/platform @openclaw/pos-maintainers");
    expect(patterns.at(-1)).toBe("/docs/runbooks/secret-leak.md @openclaw/secops @openclaw/platform");
  });

  it("has every path of every area", () => {
    const paths = Object.values(service.responsibilities).flatMap((area) => area.paths);
    expect(patterns.map((line) => line.split(" ")[0])).toEqual(paths);
  });

  it("can't name a role that nobody plays", () => {
    const { security: _security, ...owners } = service.owners;
    expect(() => codeOwners({ ...service, owners }, organization)).toThrow(
      'the role "security" is not among owners (maintainers, platform); declare it there',
    );
  });

  it("keeps a description on its comment's line", () => {
    const area = service.responsibilities.application;
    if (area === undefined) throw new Error("openclaw-pos has no application area");
    const hostile = { ...service, responsibilities: { all: { ...area, description: HOSTILE } } };
    expect(codeOwners(hostile, organization).content.trim().split("\n").slice(3)).toHaveLength(2);
  });
});

describe("the pull-request template", () => {
  it("has the declared checklist, unchecked", () => {
    const { path, content } = pullRequestTemplate(service);
    expect(path).toBe(".github/pull_request_template.md");
    expect(content.match(/^- \[ \] .+$/gm)).toHaveLength(service.pullRequestChecklist.length);
    expect(content).toContain("- [ ] New settings are in the matrix, with an owner\n");
  });

  it("makes no markup of an item", () => {
    const { content } = pullRequestTemplate({ ...service, pullRequestChecklist: [HOSTILE] });
    expect(content).toContain("&lt;script&gt;");
    expect(content).not.toContain("@everyone");
  });
});

describe("the issue form of flaky checks", () => {
  const form = parse(flakeIssueTemplate(service).content);

  it("carries the declared label", () => {
    expect(form.labels).toEqual(["ci-flake"]);
  });

  it("offers the names that the checks report", () => {
    const options = form.body.find((field: { id?: string }) => field.id === "check").attributes.options;
    expect(options).toContain("codeql (python)");
    expect(options).toHaveLength(6);
  });

  it("says how long a flake may live", () => {
    expect(form.body[0].attributes.value).toContain("within 14 days");
  });

  it("takes any label and any check name", () => {
    const ci: Service["ci"] = {
      jobs: { x: { kind: "docs-and-yaml-lint", gate: "lint", timeoutMinutes: 1, name: "a: b # c" } },
    };
    const hostile = parse(
      flakeIssueTemplate({ ...service, ci, flakes: { label: 'no: "#1"', fixWithinDays: 1 } }).content,
    );
    expect(hostile.labels).toEqual(['no: "#1"']);
    expect(hostile.body[1].attributes.options).toEqual(["a: b # c"]);
  });
});

describe(".env.example", () => {
  const { content } = envExample(service);
  const keys = [...content.matchAll(/^([A-Z]\w*)=(.*)$/gm)];

  it("has the keys that local work needs, and no others", () => {
    expect(keys.map((match) => match[1])).toEqual([
      "CLOUDFLARE_API_TOKEN",
      "CLOUDFLARE_ACCOUNT_ID",
      "APP_ENV",
      "D1_DATABASE_ID",
      "D1_DATABASE_NAME",
      "HEALTHCHECK_URL",
      "SENTRY_DSN",
    ]);
  });

  it("has no value", () => {
    expect(keys.map((match) => match[2]).join("")).toBe("");
  });

  it("says what a key is for, who owns it, and what it usually is locally", () => {
    expect(content).toContain(
      "# Which settings the application loads (variable, owner: maintainers).\n# Usually: dev\nAPP_ENV=\n",
    );
    expect(content).toContain("(secret, owner: maintainers). Optional.\nSENTRY_DSN=");
  });

  it("keeps hostile text in its comment", () => {
    const settings: Service["settings"] = {
      KEY: { kind: "variable", description: HOSTILE, owner: "platform", local: HOSTILE, environments: {} },
    };
    const lines = envExample({ name: "x", settings }).content.trim().split("\n");
    expect(lines.filter((line) => line !== "" && !line.startsWith("#"))).toEqual(["KEY="]);
  });
});

describe("the matrix as a document", () => {
  const { content } = secretMatrix(service, serviceWorkflows(service, organization));

  it("has a column for local work, CI and every environment", () => {
    expect(content).toContain(
      "| Key | Kind | For | Local | CI | `staging` | `production` | `production-backup` | `production-restore` | Owner | Rotation |",
    );
  });

  it("has a row for every key", () => {
    for (const key of Object.keys(service.settings)) expect(row(content, key)).toHaveLength(11);
  });

  it("shows where a secret is set, by whom and how often it is renewed", () => {
    expect(row(content, "CLOUDFLARE_API_TOKEN").slice(3)).toEqual([
      "optional, your own",
      "–",
      "set",
      "set",
      "–",
      "–",
      "`platform`",
      "every 90 days",
    ]);
    expect(row(content, "SENTRY_DSN")[1]).toBe("secret, optional");
  });

  it("shows a variable's value or what it is derived from", () => {
    expect(row(content, "APP_ENV").slice(3, 8)).toEqual(["`dev`", "`ci`", "`staging`", "`production`", "–"]);
    expect(row(content, "D1_DATABASE_ID")[6]).toBe("from `d1.main.id`");
  });

  it("says what each job of the workflows finds, with owner and rotation (HOT-7)", () => {
    const rows = content.split("\n").filter((line) => line.startsWith("| `ci.yml`") || line.includes("d1-backup.yml"));
    expect(rows).toContain("| `ci.yml` | all | – | `APP_ENV` | variable | `maintainers` | – |");
    expect(rows).toContain(
      "| `d1-backup.yml` | `backup` | `production-backup` | `CLOUDFLARE_BACKUP_TOKEN` | secret | `platform` | every 90 days |",
    );
  });

  it("says what each token may do", () => {
    expect(content).toContain("| `CLOUDFLARE_BACKUP_TOKEN` | `D1 Write` | `production-backup`, `production-restore` |");
  });

  it("keeps hostile text in its cell", () => {
    const settings: Service["settings"] = {
      KEY: {
        kind: "variable",
        description: HOSTILE,
        owner: "platform",
        local: HOSTILE,
        environments: { staging: HOSTILE },
      },
    };
    const hostile = secretMatrix({ ...service, settings }, []).content;
    const cells = hostile
      .split("\n")
      .find((line) => line.startsWith("| `KEY`"))
      ?.split(/(?<!\\)\|/);
    expect(cells).toHaveLength(13);
    expect(hostile).not.toContain("## Cloudflare tokens");
  });
});

describe("the tokens for machines", () => {
  it("allow the declared permission groups on the one account", () => {
    const { tokens } = JSON.parse(cloudflareTokens(service, organization)?.content ?? "{}");
    expect(tokens.map((token: { key: string }) => token.key)).toEqual([
      "CLOUDFLARE_API_TOKEN",
      "CLOUDFLARE_BACKUP_TOKEN",
    ]);
    expect(tokens[0].policies).toEqual([
      {
        effect: "allow",
        resources: { [`com.cloudflare.api.account.${organization.cloudflare?.accountId}`]: "*" },
        permission_groups: [{ name: "Workers Scripts Write" }, { name: "D1 Write" }],
      },
    ]);
  });

  it("have no file when there are none", () => {
    expect(cloudflareTokens({ name: "x", settings: {} }, organization)).toBeUndefined();
  });

  it("need an account", () => {
    const { cloudflare: _cloudflare, ...without } = organization;
    expect(() => cloudflareTokens(service, without)).toThrow(
      /declare cloudflare\.accountId in services\/organization\.ts/,
    );
  });
});

describe("the table of checks", () => {
  it("maps every check to its job and its gate, and says whether it is required (MAE-2)", () => {
    const { content } = checksDocument(service);
    expect(row(content, "codeql (python)")).toEqual(["`codeql (python)`", "`codeql`", "security", "yes"]);
    const main = { ...service.main, requiredChecks: [{ job: "shellcheck" }] };
    expect(row(checksDocument({ ...service, main }).content, "git-hygiene").at(-1)).toBe("no");
  });
});
