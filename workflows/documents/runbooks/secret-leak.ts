import { runbookPath } from "../../../declaration/runbook-paths";
import type { Service } from "../../../declaration/service";
import { BACKUP_WORKFLOW } from "../../backup/backup-workflow";
import { DRILL_WORKFLOW } from "../../backup/drill-workflow";
import { POSTGRES_WORKFLOW } from "../../postgres/names";
import type { RenderedFile } from "../../rendered-file";
import { CLOUDFLARE_TOKENS } from "../cloudflare-tokens";
import { code, markdownFile, prose, shell, table } from "../markdown";
import { days, everyDays, minutes } from "../periods";
import { teamMention } from "../team-mention";
import { deliveryOf } from "./delivery";
import { deployerKubeconfig } from "./deployer-kubeconfig";
import { type Block, type RunbookSource, repositoryOf } from "./runbook-source";
import { cloudflareTokenKeys, revocation } from "./secret-revocation";

type Secret = Extract<Service["settings"][string], { readonly kind: "secret" }>;

/** Revoke, reissue, update, validate, write up; rotation by date and at offboarding. */
export function secretLeakRunbook(source: RunbookSource): RenderedFile {
  const { service } = source;
  const secrets = Object.entries(service.settings).flatMap(([key, setting]) =>
    setting.kind === "secret" ? [[key, setting] as const] : [],
  );
  return markdownFile("docs/runbooks/secret-leak.md", service.name, [
    "# A secret has leaked, or must be renewed",
    `A secret that was in a log, a chat, a commit, a screenshot or a lost laptop counts as leaked, also when it was deleted at once. Say it in ${code(service.onCall.channel)} before anything else; the first step below must be done within ${minutes(service.onCall.respondWithinMinutes)}.`,
    "## The secrets, and who answers for them",
    secretTable(source, secrets),
    ...procedure(source),
    ...rotation(source, secrets),
    ...offboarding(service, secrets),
  ]);
}

function secretTable({ service, organization }: RunbookSource, secrets: readonly (readonly [string, Secret])[]) {
  return table(
    ["Secret", "What it is for", "Owner", "Environments", "Renewed at least every"],
    secrets.map(([key, secret]) => [
      code(key),
      prose(secret.description),
      `${code(secret.owner)} (${code(teamMention(secret.owner, service, organization))})`,
      secret.environments.map((name) => code(name)).join(", "),
      days(secret.rotateEveryDays),
    ]),
  );
}

function procedure(source: RunbookSource): readonly Block[] {
  const { service } = source;
  const tokens = cloudflareTokenKeys(service);
  const kubeconfig = deployerKubeconfig(source);
  return [
    "## The leak procedure",
    "### 1. Revoke",
    "At once, even if something stops working: a leaked secret is somebody else's until it is void.",
    ...revocation(source),
    "### 2. Reissue",
    ...(tokens.length === 0
      ? []
      : [
          `${tokens.map(code).join(", ")}: make the new token with exactly the permission groups and the account that \`${CLOUDFLARE_TOKENS}\` names, and nothing else. Don't "roll" the old token: its permissions may have been changed.`,
        ]),
    ...kubeconfig,
    `${tokens.length === 0 && kubeconfig.length === 0 ? "Ask" : "Others: ask"} for a new one with the same rights, and no more.`,
    "### 3. Update",
    ...sealing(source),
    "### 4. Validate",
    ...validation(source),
    `Then look for use of the old secret between the leak and its revocation: ${tokens.length === 0 ? "" : "Cloudflare → Manage Account → Audit Log, and "}GitHub → the organization → Settings → Logs → Audit log. What you can't rule out, you treat as done: customer data may make it a matter for the data-protection officer, with a deadline of 72 hours.`,
    "### 5. Write up",
    `${service.runbooks.includes("incident-template") ? `Use \`${runbookPath("incident-template")}\`` : "In the incident"}: how it leaked, how long it was valid, what was done with it, what makes the next leak harder. Remove the secret from where it leaked; in Git's history too, which does not make step 1 needless.`,
  ];
}

/** Sealing with GitHub's own command line: the value goes from the prompt into the sealed box, and nowhere else. */
function sealing(source: RunbookSource): readonly Block[] {
  const { service } = source;
  const repository = repositoryOf(source);
  return [
    `For every environment of the secret (table above), seal the new value for that environment; \`--no-store\` prints the sealed value and asks for the secret at a prompt, so that it is in no file and no shell history:`,
    shell(
      `ENVIRONMENT=<environment> KEY=<key>`,
      `gh secret set "$KEY" --repo ${repository} --env "$ENVIRONMENT" --no-store`,
      `gh api "repos/${repository}/environments/$ENVIRONMENT/secrets/public-key" --jq .key_id`,
    ),
    `Write the sealed value, the key id, owner, \`sealedAt\` and \`rotateBy\` (UTC) under the environment and the key into \`services/${service.name}.sealed.json\` of the platform's repository; after the pull request is merged, deploy the stages:`,
    shell(...Object.keys(service.stages).map((stage) => `npx cdktf deploy ${service.name}-${stage}`)),
  ];
}

function validation(source: RunbookSource): readonly Block[] {
  const { service } = source;
  const repository = repositoryOf(source);
  const delivery = deliveryOf(service);
  const backups = Object.values(service.edge?.d1 ?? {}).some((database) => database.backup !== undefined);
  const commands = [
    ...(delivery === undefined
      ? []
      : [
          "git fetch origin main",
          `gh workflow run ${delivery.workflow} --repo ${repository} --ref main ${delivery.again}`,
        ]),
    ...(backups
      ? [
          `gh workflow run ${BACKUP_WORKFLOW} --repo ${repository} --ref main`,
          `gh workflow run ${DRILL_WORKFLOW} --repo ${repository} --ref main`,
        ]
      : []),
    ...(service.postgres === undefined
      ? []
      : ["backup", "drill"].map(
          (job) => `gh workflow run ${POSTGRES_WORKFLOW} --repo ${repository} --ref main --field job=${job}`,
        )),
    `gh run list --repo ${repository} --limit 5`,
  ];
  return ["Everything that uses the secret must work with the new value:", shell(...commands)];
}

function rotation({ service }: RunbookSource, secrets: readonly (readonly [string, Secret])[]): readonly Block[] {
  const shortest = Math.min(...secrets.map(([, secret]) => secret.rotateEveryDays));
  return [
    "## Rotation",
    secrets.length === 0
      ? "The service has no secrets."
      : `Every secret is renewed at least as often as the table says (the shortest: ${everyDays(shortest)}), in every environment that the table names for it, with steps 2 to 4, and then 1 for the old one: the new one works before the old one goes. Overdue is what is past its \`rotateBy\` in \`services/${service.name}.sealed.json\`.`,
  ];
}

function offboarding(
  { edge, fly, railway }: Service,
  secrets: readonly (readonly [string, Secret])[],
): readonly Block[] {
  const platforms = [
    ...(edge === undefined ? [] : ["from the Cloudflare account"]),
    ...(railway === undefined ? [] : ["from the Railway project"]),
    ...(fly === undefined ? [] : ["from the Fly organization"]),
  ];
  return [
    "## Somebody leaves",
    "The same day, by the owner of each secret:",
    [
      `- [ ] Remove the person from the GitHub teams above, ${platforms.map((platform) => `${platform} `).join("")}and from the chat`,
      "- [ ] Renew every secret whose value the person has seen: steps 2 to 4, then 1",
      ...secrets.map(([key, secret]) => `- [ ] ${code(key)} (owner ${code(secret.owner)}): renewed, or never seen`),
      "- [ ] Revoke the person's own tokens and SSH keys; look through the audit logs of the last 30 days",
      "- [ ] Write down what was renewed, when and by whom, in an issue",
    ],
  ];
}
