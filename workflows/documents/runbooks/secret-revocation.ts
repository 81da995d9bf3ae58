import { rotatedTokenName } from "../../../declaration/rotated-token";
import type { Service } from "../../../declaration/service";
import { code, shell } from "../markdown";
import { days } from "../periods";
import { clusterSecrets } from "./cluster-secrets";
import type { Block, RunbookSource } from "./runbook-source";

/** How the secrets of what the service runs on are made void, and how that is seen. */
export function revocation(source: RunbookSource): readonly Block[] {
  const { service, organization } = source;
  const tokens = cloudflareTokenKeys(service);
  const places = [
    ...(tokens.length === 0
      ? []
      : [
          `- ${tokens.map(code).join(", ")}: Cloudflare dashboard → My Profile (or Manage Account) → API Tokens → the token → **Delete**. What \`gatehouse rotate\` made is the account's, and named ${code(rotatedTokenName(service.name, "<environment>", "<key>"))}.`,
        ]),
    ...bucketKeys(service),
    ...railway(service),
    ...fly(service),
    ...postgres(service),
    ...identities(service),
    ...clusterSecrets(source),
  ];
  const others = places.length === 0 ? ["At whoever issued it."] : [[...places, "- Others: at whoever issued them."]];
  return [...others, ...(tokens.length === 0 ? [] : voidness(organization.cloudflare?.accountId)), TRIED];
}

const TRIED = "Then try the old one where it was used, and see it refused.";

/** The secrets that are Cloudflare tokens. */
export function cloudflareTokenKeys({ settings }: Pick<Service, "settings">): readonly string[] {
  return Object.entries(settings).flatMap(([key, setting]) =>
    setting.kind === "secret" && setting.token !== undefined ? [key] : [],
  );
}

/**
 * A user's token and one of the account are known to different addresses; to the other's, each is invalid.
 * https://developers.cloudflare.com/fundamentals/api/get-started/account-owned-tokens/
 */
function voidness(accountId: string | undefined): readonly Block[] {
  const owners = ["user", ...(accountId === undefined ? [] : [`accounts/${accountId}`])];
  return [
    "Is a Cloudflare token void? Nothing here may answer `active` (which of them knows a token depends on whose it is, a user's or the account's):",
    shell(
      "read -rs LEAKED_TOKEN # paste it; it is not shown",
      ...owners.map(
        (owner) =>
          `curl --silent --header "Authorization: Bearer $LEAKED_TOKEN" https://api.cloudflare.com/client/v4/${owner}/tokens/verify`,
      ),
    ),
  ];
}

function backups({ edge }: Service) {
  return Object.values(edge?.d1 ?? {}).flatMap(({ backup }) => (backup === undefined ? [] : [backup]));
}

function bucketKeys(service: Service): readonly string[] {
  const keys = [...new Set(backups(service).flatMap((backup) => [backup.accessKeyId, backup.secretAccessKey]))];
  if (keys.length === 0) return [];
  return [
    `- ${keys.map(code).join(", ")}: Cloudflare dashboard → R2 → API Tokens → Manage → the token → **Delete**; both belong to one token.`,
  ];
}

function railway(service: Service): readonly string[] {
  if (service.railway === undefined) return [];
  return [`- ${code(service.railway.token)}: Railway → the project → Settings → Tokens → the token → **Delete**.`];
}

function fly(service: Service): readonly string[] {
  if (service.fly === undefined) return [];
  const { previews } = service.fly;
  const apps = Object.values(service.fly.stages).map(({ app }) => code(app));
  return [
    `- ${code(service.fly.token)}: Fly dashboard → the app (${apps.join(", ")}) → Tokens → the token → **Revoke**; or \`flyctl tokens list --app <app>\` and \`flyctl tokens revoke <id>\`.`,
    ...(previews === undefined
      ? []
      : [
          `- ${code(previews.token)}: Fly dashboard → the organization ${code(previews.organization)} → Tokens → the token → **Revoke**. Then destroy what you did not make: \`flyctl apps list --org ${previews.organization}\`.`,
        ]),
  ];
}

function postgres(service: Service): readonly string[] {
  if (service.postgres === undefined) return [];
  return [
    `- ${code(service.postgres.url)}: \`ALTER ROLE … PASSWORD …\` for the role in the URL, then end its sessions: \`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '…'\`.`,
  ];
}

/** A key that decrypts can't be made void: what matters is who may have what it opens. */
function identities(service: Service): readonly string[] {
  const { postgres: dumped, repository } = service;
  const beginning = "it can't be made void. Whoever has it can read every backup they have a copy of";
  const lines = backups(service).map(
    ({ bucket, drill }) =>
      `- ${code(drill.identity)}: ${beginning}. The bucket ${code(bucket)} is private: if one of its keys leaked too, or you can't rule it out, all data in it counts as leaked. Make a new pair, and take a backup at once; the old ones stay under lock until their time is over.`,
  );
  if (dumped === undefined) return [...new Set(lines)];
  const readers =
    repository.visibility === "public"
      ? "a public repository gives copies to everybody who has an account"
      : "everybody who may read the repository may have copies";
  return [
    ...new Set(lines),
    `- ${code(dumped.drill.identity)}: ${beginning}, and ${readers}: the data of the last ${days(dumped.keepDays)} counts as leaked. Delete the dumps (\`gh api\` on \`actions/artifacts\`), make a new pair, and take a dump at once.`,
  ];
}
