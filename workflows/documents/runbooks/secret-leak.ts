import { environmentsOf } from "../../../declaration/environments";
import type { Service } from "../../../declaration/service";
import type { RenderedFile } from "../../rendered-file";
import { CLOUDFLARE_TOKENS } from "../cloudflare-tokens";
import { code, markdownFile, prose, shell, table } from "../markdown";
import { days, everyDays, minutes } from "../periods";
import { teamMention } from "../team-mention";
import { type Block, type RunbookSource, repositoryOf } from "./runbook-source";

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
    ...procedure(source, secrets),
    ...rotation(source, secrets),
    ...offboarding(secrets),
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

function procedure(source: RunbookSource, secrets: readonly (readonly [string, Secret])[]): readonly Block[] {
  const tokens = secrets.flatMap(([key, secret]) => (secret.token === undefined ? [] : [code(key)]));
  const cloudflare = tokens.length > 0;
  return [
    "## The leak procedure",
    "### 1. Revoke",
    "At once, even if something stops working: a leaked secret is somebody else's until it is void.",
    ...(cloudflare
      ? [
          `${tokens.join(", ")}: Cloudflare dashboard → My Profile (or Manage Account) → API Tokens → the token → **Delete**. The R2 keys are under R2 → Manage API Tokens. Other secrets: at whoever issued them.`,
          "Is it void? This must answer `Invalid API Token`:",
          shell(
            "read -rs LEAKED_TOKEN # paste it; it is not shown",
            `curl --silent --header "Authorization: Bearer $LEAKED_TOKEN" https://api.cloudflare.com/client/v4/user/tokens/verify`,
          ),
        ]
      : ["At whoever issued it; then try it, and see it refused."]),
    "### 2. Reissue",
    cloudflare
      ? `Make the new token with exactly the permission groups and the account that \`${CLOUDFLARE_TOKENS}\` names, and nothing else. Don't "roll" the old token: its permissions may have been changed.`
      : "Ask for a new one with the same rights, and no more.",
    "### 3. Update",
    ...sealing(source),
    "### 4. Validate",
    ...validation(source),
    "Then look for use of the old secret between the leak and its revocation: Cloudflare → Manage Account → Audit Log, and GitHub → Settings → Audit log. What you can't rule out, you treat as done: customer data may make it a matter for the data-protection officer, with a deadline of 72 hours.",
    "### 5. Write up",
    `Use \`docs/runbooks/incident-template.md\`: how it leaked, how long it was valid, what was done with it, what makes the next leak harder. Remove the secret from where it leaked; in Git's history too, which does not make step 1 needless.`,
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
  const backups = Object.values(service.edge?.d1 ?? {}).some((database) => database.backup !== undefined);
  const commands = [
    ...(service.release === undefined
      ? []
      : [
          `gh workflow run release-cloudflare.yml --repo ${repository} --ref main --field sha="$(git rev-parse origin/main)"`,
        ]),
    ...(backups
      ? [
          `gh workflow run d1-backup.yml --repo ${repository} --ref main`,
          `gh workflow run d1-restore-drill.yml --repo ${repository} --ref main`,
        ]
      : []),
    `gh run list --repo ${repository} --limit 5`,
  ];
  return ["Everything that uses the secret must work with the new value:", shell(...commands)];
}

function rotation({ service }: RunbookSource, secrets: readonly (readonly [string, Secret])[]): readonly Block[] {
  const shortest = Math.min(...secrets.map(([, secret]) => secret.rotateEveryDays));
  const environments = environmentsOf(service).length;
  return [
    "## Rotation",
    secrets.length === 0
      ? "The service has no secrets."
      : `Every secret is renewed at least as often as the table says (the shortest: ${everyDays(shortest)}), in all of its environments (there are ${environments}), with steps 2 to 4, and then 1 for the old one: the new one works before the old one goes. Overdue is what is past its \`rotateBy\` in \`services/${service.name}.sealed.json\`.`,
  ];
}

function offboarding(secrets: readonly (readonly [string, Secret])[]): readonly Block[] {
  return [
    "## Somebody leaves",
    "The same day, by the owner of each secret:",
    [
      "- [ ] Remove the person from the GitHub teams above, from the Cloudflare account and from the chat",
      "- [ ] Renew every secret whose value the person has seen: steps 2 to 4, then 1",
      ...secrets.map(([key, secret]) => `- [ ] ${code(key)} (owner ${code(secret.owner)}): renewed, or never seen`),
      "- [ ] Revoke the person's own tokens and SSH keys; look through the audit logs of the last 30 days",
      "- [ ] Write down what was renewed, when and by whom, in an issue",
    ],
  ];
}
