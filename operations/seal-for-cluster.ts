import type { Fleet } from "../declaration/fleet";
import { knownCluster } from "../declaration/known-cluster";
import { sealedSecretPath } from "../declaration/sealed-paths";
import { assertRight } from "../stacks/fleet-problems";
import { type Clock, systemClock } from "./clock";
import { type Console, mark } from "./console";
import { declaredClusterSecret } from "./declared-cluster-secret";
import { declaredEntry } from "./declared-service";
import { EXIT } from "./failure";
import { hybridBox } from "./hybrid-box";
import type { SealOptions } from "./seal";
import { putSealedSecret, type SealedNote } from "./sealed-secret-file";
import { sealingCertificate } from "./sealing-certificate";
import { sealingTimes } from "./sealing-times";
import { secretText } from "./secret-text";

export interface ClusterSealOptions extends Omit<SealOptions, "environment"> {
  /** File with the certificate of the cluster's controller, in PEM; relative to the root. */
  readonly certificate: string;
}

/** What was sealed; `version` rises when a property goes away or changes its meaning. */
export interface ClusterSealReport extends SealedNote {
  readonly version: 1;
  readonly service: string;
  readonly stage: string;
  readonly namespace: string;
  /** Of the Secret. */
  readonly name: string;
  readonly key: string;
  /** Where the SealedSecret is now, below the project's root. */
  readonly file: string;
  /** Another value was sealed there before. */
  readonly replaced: boolean;
}

/**
 * `gatehouse seal <service> <stage> <KEY> --certificate <file>`: seals a value for the controller of the stage's cluster, and writes it into the
 * stage's SealedSecret. It opens in that namespace, as that Secret, and nowhere else ("strict").
 */
export async function sealForCluster(
  fleet: Fleet,
  { root, signal, ...options }: ClusterSealOptions,
  console: Console,
  clock: Pick<Clock, "now" | "sleep"> = systemClock,
): Promise<number> {
  assertRight(fleet);
  const { service } = declaredEntry(fleet, options.service);
  const { declared, name, stage } = declaredClusterSecret(service, options.stage, options.key);
  const { namespace } = stage;
  const place = { service: service.name, stage: options.stage, namespace, name, key: options.key };
  const certificate = sealingCertificate(root, options.certificate, clock.now());
  const came = await options.value(`${options.key} of ${service.name} in ${namespace} (it is not shown): `);
  const text = secretText(came, options.asIs, "the most that is sealed for a cluster too");
  const ciphertext = hybridBox(text, certificate.key, `${namespace}/${name}`);
  signal?.throwIfAborted();
  const times = sealingTimes(clock.now(), declared.rotateEveryDays);
  const note: SealedNote = { certificate: certificate.id, owner: declared.owner, ...times };
  const former = await putSealedSecret(place, { ciphertext, note }, { root, signal, clock });
  const file = sealedSecretPath(place);
  const report: ClusterSealReport = { version: 1, ...place, ...note, file, replaced: former !== undefined };
  if (options.json) console.print(JSON.stringify(report, undefined, 2));
  else print(report, knownCluster(fleet.organization, stage.cluster).context, console);
  return EXIT.fine;
}

function print(report: ClusterSealReport, context: string, console: Console): void {
  const { service, stage, key, certificate, owner, rotateBy, file, name, namespace, replaced } = report;
  const instead = replaced ? ", in place of the former value" : "";
  console.print(
    `${mark.ok} ${service}, ${stage}: ${key} is sealed for the certificate ${certificate.slice(0, 12)}…, in ${file}${instead}`,
  );
  console.print(`${owner} renews it by ${rotateBy}`);
  console.print(
    `to do: commit ${file}; once it is on main, kubectl apply --context ${context} --filename ${file} has the controller make the Secret ${name} in ${namespace}; pods that run read it when they start again`,
  );
}
