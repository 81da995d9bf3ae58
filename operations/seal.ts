import type { Fleet } from "../declaration/fleet";
import type { SealedValue } from "../declaration/sealed";
import { stageStackName } from "../declaration/stack-names";
import { assertRight } from "../stacks/fleet-problems";
import { type Clock, systemClock } from "./clock";
import { type Console, mark } from "./console";
import { declaredSecret } from "./declared-secret";
import { declaredEntry } from "./declared-service";
import { EXIT, Failure } from "./failure";
import { GithubReader } from "./github-reader";
import { repositoryPath } from "./preflight-repository";
import { environmentKey, type KeyAnswer, type PublicKey } from "./public-key";
import { sealedBox } from "./sealed-box";
import { putSealed, sealedPath } from "./sealed-record";
import { sealingTimes } from "./sealing-times";
import { secretText } from "./secret-text";

export interface SealOptions {
  readonly service: string;
  /** A stage, or an unattended environment of one. */
  readonly stage: string;
  readonly key: string;
  /** Take every byte of the value, line breaks and blanks at its ends too. */
  readonly asIs: boolean;
  readonly json: boolean;
  /** Root of the project, where `services/` lies. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  /** Gives the value. Asked when all else is right, so that nobody types a secret for nothing. */
  readonly value: (question: string) => Promise<Uint8Array>;
}

/** What was sealed; `version` rises when a property goes away or changes its meaning. */
export interface SealReport extends Omit<SealedValue, "ciphertext"> {
  readonly version: 1;
  readonly service: string;
  readonly environment: string;
  readonly key: string;
  /** Where the sealed value is now, below the project's root. */
  readonly file: string;
  /** Another value was sealed there before. */
  readonly replaced: boolean;
}

/**
 * `gatehouse seal <service> <stage> <KEY>`: seals a value for the environment's public key of now, and writes it into
 * `services/<service>.sealed.json`. The value itself goes from the prompt, or from standard input, into the box, and nowhere else.
 */
export async function seal(
  fleet: Fleet,
  options: SealOptions,
  console: Console,
  clock: Pick<Clock, "now" | "sleep"> = systemClock,
): Promise<number> {
  assertRight(fleet);
  const { root, signal } = options;
  const { service } = declaredEntry(fleet, options.service);
  const { environment, secret } = declaredSecret(service, options.stage, options.key);
  const place = { service: service.name, environment: environment.name, key: options.key };
  const stack = stageStackName(service.name, environment.stage);
  const repository = repositoryPath(fleet.organization, service);
  const keyOfNow = async () =>
    found(await environmentKey(new GithubReader(options), repository, environment.name), place, stack);
  await keyOfNow();
  const came = await options.value(`${options.key} of ${service.name}, ${environment.name} (it is not shown): `);
  // A prompt may wait for hours; GitHub can open what is sealed for its newest key.
  const key = await keyOfNow();
  const ciphertext = await boxed(came, options.asIs, key);
  signal?.throwIfAborted();
  const times = sealingTimes(clock.now(), secret.rotateEveryDays);
  const value: SealedValue = { ciphertext, keyId: key.id, owner: secret.owner, ...times };
  const former = await putSealed(fleet, place, value, { root, signal, clock });
  const { ciphertext: _, ...known } = value;
  const file = sealedPath(service.name);
  const report: SealReport = { version: 1, ...place, ...known, file, replaced: former !== undefined };
  if (options.json) console.print(JSON.stringify(report, undefined, 2));
  else print(report, stack, console);
  return EXIT.fine;
}

function found(answer: KeyAnswer, { environment }: { readonly environment: string }, stack: string): PublicKey {
  if (answer.kind === "found") return answer.key;
  const token =
    "use a token that may read environments: a classic one with the scope repo, or a fine-grained one with read access to Environments";
  if (answer.kind === "unseen")
    throw new Failure(
      `the public key of "${environment}" could not be seen: ${answer.why}; nothing was sealed\n${token}`,
    );
  throw new Failure(
    `GitHub shows no environment "${environment}", so there is no key to seal for; nothing was sealed\nif it is not there yet, deploy it: npx cdktf deploy ${stack}; else ${token}`,
  );
}

async function boxed(came: Uint8Array, asIs: boolean, key: PublicKey): Promise<string> {
  const text = secretText(came, asIs);
  try {
    return await sealedBox(text, key);
  } catch {
    // libsodium refuses points of small order, whose boxes everybody could open. It says nothing of the value, and neither does this.
    throw new Failure(
      `nothing can be sealed for the public key ${key.id} of the environment\nsee that GITHUB_BASE_URL names GitHub, and run this again`,
    );
  }
}

function print(report: SealReport, stack: string, console: Console): void {
  const { service, environment, key, keyId, owner, rotateBy, file, replaced } = report;
  const instead = replaced ? ", in place of the former value" : "";
  console.print(`${mark.ok} ${service}, ${environment}: ${key} is sealed for the key ${keyId}, in ${file}${instead}`);
  console.print(`${owner} renews it by ${rotateBy}`);
  console.print(`to do: commit ${file}; once it is on main, npx cdktf deploy ${stack} sets it`);
}
