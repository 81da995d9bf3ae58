import { runbookPath } from "../../../declaration/runbook-paths";
import type { Service } from "../../../declaration/service";
import type { Secret } from "../../../declaration/settings";
import { BACKUP_WORKFLOW } from "../../backup/backup-workflow";
import { DRILL_WORKFLOW } from "../../backup/drill-workflow";
import { POSTGRES_WORKFLOW } from "../../postgres/names";
import type { RenderedFile } from "../../rendered-file";
import { code, markdownFile, prose, shell, table } from "../markdown";
import { days, everyDays, minutes } from "../periods";
import { teamMention } from "../team-mention";
import { deliveryOf } from "./delivery";
import { type Block, type RunbookSource, repositoryOf } from "./runbook-source";
import { cloudflareTokenKeys, revocation } from "./secret-revocation";
import { type NamedSecret, reissue, sealing } from "./secret-sealing";

/** A secret of an environment, or of clusters: somebody answers for it. */
type Answered = readonly [key: string, secret: Pick<Secret, "description" | "owner" | "rotateEveryDays">];

/** Revoke, reissue, update, validate, write up; rotation by date and at offboarding. */
export function secretLeakRunbook(source: RunbookSource): RenderedFile {
  const { service } = source;
  const secrets = Object.entries(service.settings).flatMap(([key, setting]) =>
    setting.kind === "secret" ? [[key, setting] as const] : [],
  );
  const ofClusters = Object.entries(service.cluster?.secrets ?? {});
  return markdownFile("docs/runbooks/secret-leak.md", service.name, [
    "# A secret has leaked, or must be renewed",
    `A secret that was in a log, a chat, a commit, a screenshot or a lost laptop counts as leaked, also when it was deleted at once. Say it in ${code(service.onCall.channel)} before anything else; the first step below must be done within ${minutes(service.onCall.respondWithinMinutes)}.`,
    "## The secrets, and who answers for them",
    secretTable(source, secrets, ofClusters),
    ...procedure(source, secrets),
    ...rotation(source, [...secrets, ...ofClusters]),
    ...offboarding(service, [...secrets, ...ofClusters]),
  ]);
}

function secretTable(
  { service, organization }: RunbookSource,
  secrets: readonly NamedSecret[],
  ofClusters: readonly Answered[],
) {
  const row = ([key, secret]: Answered, places: string) => [
    code(key),
    prose(secret.description),
    `${code(secret.owner)} (${code(teamMention(secret.owner, service, organization))})`,
    places,
    days(secret.rotateEveryDays),
  ];
  const namespaces = Object.values(service.cluster?.stages ?? {}).map(({ namespace }) => code(namespace));
  return table(
    ["Secret", "What it is for", "Owner", "Environments", "Renewed at least every"],
    [
      ...secrets.map((secret) => row(secret, secret[1].environments.map(code).join(", "))),
      ...ofClusters.map((secret) => row(secret, `the namespaces ${namespaces.join(", ")}`)),
    ],
  );
}

function procedure(source: RunbookSource, secrets: readonly NamedSecret[]): readonly Block[] {
  const { service } = source;
  const tokens = cloudflareTokenKeys(service);
  return [
    "## The leak procedure",
    "### 1. Revoke",
    "At once, even if something stops working: a leaked secret is somebody else's until it is void.",
    ...revocation(source),
    "### 2. Reissue",
    ...reissue(source, secrets),
    "### 3. Update",
    ...sealing(source, secrets),
    "### 4. Validate",
    ...validation(source),
    `Then look for use of the old secret between the leak and its revocation: ${tokens.length === 0 ? "" : "Cloudflare → Manage Account → Audit Log, and "}GitHub → the organization → Settings → Logs → Audit log. What you can't rule out, you treat as done: customer data may make it a matter for the data-protection officer, with a deadline of 72 hours.`,
    "### 5. Write up",
    `${service.runbooks.includes("incident-template") ? `Use \`${runbookPath("incident-template")}\`` : "In the incident"}: how it leaked, how long it was valid, what was done with it, what makes the next leak harder. Remove the secret from where it leaked; in Git's history too, which does not make step 1 needless.`,
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
  return [
    "In the platform's repository: every secret is set, sealed for the environment's key of now, and not overdue:",
    shell(`npx gatehouse secrets ${service.name}`),
    ...(cloudflareTokenKeys(service).length === 0
      ? []
      : [
          "And each line of step 2 once more, until it says that it is done: it revokes every other token of that name.",
        ]),
    "Everything that uses the secret must work with the new value:",
    shell(...commands),
  ];
}

function rotation({ service }: RunbookSource, secrets: readonly Answered[]): readonly Block[] {
  const shortest = Math.min(...secrets.map(([, secret]) => secret.rotateEveryDays));
  return [
    "## Rotation",
    secrets.length === 0
      ? "The service has no secrets."
      : `Every secret is renewed at least as often as the table says (the shortest: ${everyDays(shortest)}), in every environment that the table names for it, with steps 2 to 4, and then 1 for the old one: the new one works before the old one goes. How old each is, and by when it is due, says \`npx gatehouse secrets ${service.name}\`.`,
  ];
}

function offboarding({ edge, fly, railway, settings }: Service, secrets: readonly Answered[]): readonly Block[] {
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
      `- [ ] Renew every secret whose value the person has seen: steps 2 to 4, then 1${cloudflareTokenKeys({ settings }).length === 0 ? "" : "; nobody has seen a token that `gatehouse rotate` made"}`,
      ...secrets.map(([key, secret]) => `- [ ] ${code(key)} (owner ${code(secret.owner)}): renewed, or never seen`),
      "- [ ] Revoke the person's own tokens and SSH keys; look through the audit logs of the last 30 days",
      "- [ ] Write down what was renewed, when and by whom, in an issue",
    ],
  ];
}
