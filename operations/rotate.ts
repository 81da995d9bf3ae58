import type { Fleet } from "../declaration/fleet";
import { rotatedTokenName } from "../declaration/rotated-token";
import { sealedPath } from "../declaration/sealed-paths";
import { stageStackName } from "../declaration/stack-names";
import { assertRight } from "../stacks/fleet-problems";
import { AccountTokens } from "./account-tokens";
import { type Clock, systemClock } from "./clock";
import { CloudflareClient } from "./cloudflare-client";
import { type Console, mark } from "./console";
import { declaredSecret } from "./declared-secret";
import { declaredEntry } from "./declared-service";
import { keyOfNow } from "./environment-seal";
import { EXIT, Failure } from "./failure";
import { GithubReader } from "./github-reader";
import { repositoryPath } from "./preflight-repository";
import { recordOf, recordsOf } from "./record-of";
import { rotationStep } from "./rotation";
import type { SealedPlace } from "./sealed-record";
import { makeSealedToken } from "./sealed-token";

export interface RotateOptions {
  readonly service: string;
  /** A stage, or an unattended environment of one. */
  readonly stage: string;
  readonly key: string;
  /** Make another though the present one isn't due. */
  readonly early: boolean;
  readonly json: boolean;
  /** Root of the project, where `services/` lies. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

/** How far it is; `version` rises when a property goes away or changes its meaning. */
export interface RotateReport extends SealedPlace {
  readonly version: 1;
  /** `made`: to be committed and deployed. `waiting`: it was made before, and GitHub has it not yet. `done`: one token, and GitHub has it. */
  readonly state: "made" | "waiting" | "done";
  /** Why another was made. @default - none was */
  readonly why?: string;
  /** Ids of tokens that were revoked in this run. */
  readonly revoked: readonly string[];
  /** Ids of tokens that are revoked once GitHub has the new one. */
  readonly toRevoke: readonly string[];
}

const STATE = { make: "made", wait: "waiting", revoke: "done", nothing: "done" } as const;
/** Cloudflare's limit. https://developers.cloudflare.com/api/resources/accounts/subresources/tokens/methods/create/ */
const LONGEST_NAME = 120;

/**
 * `gatehouse rotate <service> <stage> <KEY>`: brings a Cloudflare token nearer to what is declared, by the one step that is due: makes, checks and
 * seals another; or, once GitHub has that, revokes the former ones. Exit code 2 while it waits for a deployment.
 */
export async function rotate(
  fleet: Fleet,
  options: RotateOptions,
  console: Console,
  clock: Pick<Clock, "now" | "sleep"> = systemClock,
): Promise<number> {
  assertRight(fleet);
  const { root, environment: variables, signal, early } = options;
  const { service, sealed } = declaredEntry(fleet, options.service);
  const { environment, secret } = declaredSecret(service, options.stage, options.key);
  const place = { service: service.name, environment: environment.name, key: options.key };
  const { permissions } = secret.token ?? {};
  const accountId = fleet.organization.cloudflare?.accountId;
  if (permissions === undefined || accountId === undefined)
    throw new Failure(
      `settings.${place.key} of services/${place.service}.ts is no token with declared permissions; nothing was changed\ndeclare token: { provider: "cloudflare", permissions: [ … ] }, or renew it by hand: npx gatehouse seal ${place.service} ${place.environment} ${place.key}`,
    );
  const name = tokenName(place);
  const tokens = new AccountTokens(new CloudflareClient({ environment: variables, signal }), accountId, clock);
  const publicKey = await keyOfNow(fleet.organization, service, environment, options);
  const { next, former, why } = rotationStep({
    tokens: await tokens.named(name),
    sealed: sealed[place.environment]?.[place.key],
    permissions,
    keyId: publicKey.id,
    setAt: await whenSet(new GithubReader(options), repositoryPath(fleet.organization, service), place),
    now: clock.now(),
    early,
  });
  const ids = former.map(({ id }) => id);
  const [revoked, toRevoke] = next === "revoke" ? [ids, []] : [[], ids];
  for (const id of revoked) await tokens.revoke(id);
  if (next === "make") {
    signal?.throwIfAborted();
    const steady = new AccountTokens(new CloudflareClient({ environment: variables }), accountId, clock);
    await makeSealedToken(steady, { fleet, place, name, permissions, secret, publicKey, root, clock });
  }
  const state = STATE[next];
  const report: RotateReport = { version: 1, ...place, state, ...(why !== undefined && { why }), revoked, toRevoke };
  if (options.json) console.print(JSON.stringify(report, undefined, 2));
  else print(report, stageStackName(service.name, environment.stage), console);
  return state === "waiting" ? EXIT.found : EXIT.fine;
}

/** Whatever else has the name is revoked in the end. */
function tokenName({ service, environment, key }: SealedPlace): string {
  const name = rotatedTokenName(service, environment, key);
  if (name.length <= LONGEST_NAME) return name;
  throw new Failure(
    `"${name}" has ${name.length} characters, and Cloudflare takes names of tokens up to ${LONGEST_NAME}; nothing was changed\nshorten the key, or renew it by hand: npx gatehouse seal ${service} ${environment} ${key}`,
  );
}

/** When GitHub was last given a value. Unix time in milliseconds; undefined while it has none. */
async function whenSet(
  github: GithubReader,
  repository: string,
  { environment, key }: SealedPlace,
): Promise<number | undefined> {
  const path = `${repository}/environments/${encodeURIComponent(environment)}/secrets`;
  const answer = await github.list(path, (page) => recordOf(page).secrets);
  if (answer.kind !== "found")
    throw new Failure(
      `the secrets of "${environment}" could not be seen: ${answer.kind === "unseen" ? answer.why : "GitHub answered 404"}; nothing was changed\nuse a token that may read the names of the environment's secrets`,
    );
  const secret = recordsOf(answer.value).find(({ name }) => String(name).toUpperCase() === key);
  const setAt = Date.parse(String(secret?.updated_at ?? ""));
  return Number.isNaN(setAt) ? undefined : setAt;
}

function print({ state, why, revoked, toRevoke, ...place }: RotateReport, stack: string, console: Console): void {
  const { service, environment, key } = place;
  const file = sealedPath(service);
  const what = `${service}, ${environment}: ${key}`;
  for (const id of revoked) console.print(`${mark.ok} the token ${id} is revoked`);
  if (state === "done")
    console.print(`${mark.ok} ${what} is one token with the declared permissions, and GitHub has it`);
  if (state === "made")
    console.print(`${mark.ok} ${what}: another token is made, checked, and sealed in ${file}: ${why}`);
  if (state === "waiting")
    console.print(`${mark.drift} ${what}: the new token is sealed in ${file}, and GitHub has it not yet`);
  if (state === "done") return;
  const then = toRevoke.length === 0 ? "see that it is done" : `revoke the former: ${toRevoke.join(", ")}`;
  console.print(
    `to do: commit ${file}; once it is on main and npx cdktf deploy ${stack} has set it, run this again to ${then}`,
  );
}
