import type { SealedSecrets } from "../../../declaration/sealed";
import type { Service } from "../../../declaration/service";
import { openclawPos } from "../../../services/openclaw-pos";
import { organization } from "../../../services/organization";
import { summit } from "../../../services/summit";
import { secretsInventory } from "../../../workflows/documents/secrets-inventory";
import { serviceWorkflows } from "../../../workflows/service-workflows";
import { SECRET } from "../../support/secret-setting";
import { HOSTILE } from "../hostile-text";

const value = {
  ciphertext: "A".repeat(68),
  keyId: "1",
  owner: "platform",
  sealedAt: "2026-09-01T23:59:59Z",
  rotateBy: "2026-11-30T23:59:59Z",
};

function inventory(service: Service = openclawPos, sealed: SealedSecrets = {}): string {
  const workflows = serviceWorkflows(service, organization);
  return secretsInventory({ service, organization, workflows, sealed })?.content ?? "";
}

function section(content: string, title: string): string {
  return content.split(/^## /m).find((part) => part.startsWith(title)) ?? "";
}

describe("the inventory of secrets (HOT-3)", () => {
  test("has each secret in each of its environments, with its owner and what reads it", () => {
    expect(section(inventory(), "Environment `production-backup`")).toContain("| `CLOUDFLARE_BACKUP_TOKEN` |");
    expect(section(inventory(), "Environment `production`")).toMatch(
      /\| `CLOUDFLARE_API_TOKEN` \| .* \| `platform` \(`@openclaw\/platform`\) \| every 90 days \| not sealed yet \| – \| `release-cloudflare.yml`: .*\|/,
    );
    for (const [key, setting] of Object.entries(openclawPos.settings)) {
      if (setting.kind !== "secret") continue;
      for (const environment of setting.environments)
        expect(section(inventory(), `Environment \`${environment}\``)).toContain(`| \`${key}\` |`);
    }
  });

  test("has no variable, and no value", () => {
    const sealed = { production: { CLOUDFLARE_API_TOKEN: value } };
    expect(inventory(openclawPos, sealed)).not.toContain("APP_ENV");
    expect(inventory(openclawPos, sealed)).not.toContain("AAAA");
  });

  test("says when a secret was renewed and is due, in that environment only", () => {
    const content = inventory(openclawPos, { production: { CLOUDFLARE_API_TOKEN: value } });
    expect(section(content, "Environment `production`")).toContain("| every 90 days | 2026-09-01 | 2026-11-30 |");
    expect(section(content, "Environment `staging`")).toContain("| every 90 days | not sealed yet | – |");
  });

  test("says who needs a value on their machine", () => {
    const machines = section(inventory(), "Machines of people");
    expect(machines).toMatch(/\| `CLOUDFLARE_API_TOKEN` \| .* \| no \|/);
    expect(machines).not.toContain("CLOUDFLARE_BACKUP_TOKEN");
  });

  test("says the rule that the service has for all of them", () => {
    expect(inventory()).not.toContain("other declarations are refused");
    expect(inventory({ ...openclawPos, secretRotation: { from: 90, to: 180 } })).toContain(
      "Each is renewed every 90 to 180 days; other declarations are refused.",
    );
  });

  test("has the keys that the container gets in clusters, also where there is no other secret", () => {
    const row =
      "| `DATABASE_URL` | URL of the stage's database, with its login | `data` (`@openclaw/data`) | every 90 days |";
    for (const service of [summit, { ...summit, settings: {} }]) {
      const source = { service, organization, workflows: [], sealed: {} };
      const clusters = section(secretsInventory(source)?.content ?? "", "Clusters");
      expect(clusters).toContain("The Secret `summit` in `summit-stage`, `summit-prod`");
      expect(clusters).toContain(row);
    }
    expect(inventory()).not.toContain("## Clusters");
  });

  test("is not there for a service without secrets", () => {
    const source = { service: { ...openclawPos, settings: {} }, organization, workflows: [], sealed: {} };
    expect(secretsInventory(source)).toBeUndefined();
  });

  test("keeps hostile text in its cell", () => {
    const settings: Service["settings"] = {
      KEY: { ...SECRET, description: HOSTILE, owner: "platform" },
    };
    const { content = "" } =
      secretsInventory({ service: { ...openclawPos, settings }, organization, workflows: [], sealed: {} }) ?? {};
    const line = content.split("\n").find((text) => text.startsWith("| `KEY`"));
    expect(line?.split(/(?<!\\)\|/)).toHaveLength(9);
    expect(content).not.toContain("<script>");
  });
});
