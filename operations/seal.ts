import type { Fleet } from "../declaration/fleet";
import type { SealedValue } from "../declaration/sealed";
import { sealedPath } from "../declaration/sealed-paths";
import { stageStackName } from "../declaration/stack-names";
import { assertRight } from "../stacks/fleet-problems";
import { type Clock, systemClock } from "./clock";
import { type Console, mark } from "./console";
import { declaredSecret } from "./declared-secret";
import { declaredEntry } from "./declared-service";
import { boxFor, keyOfNow } from "./environment-seal";
import { EXIT } from "./failure";
import { putSealed } from "./sealed-record";
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
  const key = () => keyOfNow(fleet.organization, service, environment, options);
  await key();
  const came = await options.value(`${options.key} of ${service.name}, ${environment.name} (it is not shown): `);
  // A prompt may wait for hours; GitHub can open what is sealed for its newest key.
  const newest = await key();
  const ciphertext = await boxFor(secretText(came, options.asIs), newest);
  signal?.throwIfAborted();
  const times = sealingTimes(clock.now(), secret.rotateEveryDays);
  const value: SealedValue = { ciphertext, keyId: newest.id, owner: secret.owner, ...times };
  const former = await putSealed(fleet, place, value, { root, signal, clock });
  const { ciphertext: _, ...known } = value;
  const file = sealedPath(service.name);
  const report: SealReport = { version: 1, ...place, ...known, file, replaced: former !== undefined };
  if (options.json) console.print(JSON.stringify(report, undefined, 2));
  else print(report, stack, console);
  return EXIT.fine;
}

function print(report: SealReport, stack: string, console: Console): void {
  const { service, environment, key, keyId, owner, rotateBy, file, replaced } = report;
  const instead = replaced ? ", in place of the former value" : "";
  console.print(`${mark.ok} ${service}, ${environment}: ${key} is sealed for the key ${keyId}, in ${file}${instead}`);
  console.print(`${owner} renews it by ${rotateBy}`);
  console.print(`to do: commit ${file}; once it is on main, npx cdktf deploy ${stack} sets it`);
}
