import { daysSince } from "../declaration/calendar-day";
import { sealedSecretPath } from "../declaration/sealed-paths";
import type { Service } from "../declaration/service";
import { messageOf } from "./failure";
import { type SealedNote, sealedNotes } from "./sealed-secret-file";
import type { SecretSight } from "./secret-audit";

type Secrets = NonNullable<NonNullable<Service["cluster"]>["secrets"]>;

interface ClusterPlace {
  readonly service: string;
  readonly stage: string;
  readonly namespace: string;
  /** Of the Secret. */
  readonly name: string;
}

/**
 * What is sealed for clusters, held against what is declared: declared and not sealed, sealed and not declared, or past its rotation. It looks at
 * the project's own files; what a cluster has is not looked at.
 *
 * @param root of the project
 * @param now Unix time. Milliseconds.
 */
export function auditClusterSecrets(
  { name: service, cluster }: Pick<Service, "name" | "cluster">,
  root: string,
  now: number,
): readonly SecretSight[] {
  const { secrets, container, stages = {} } = cluster ?? {};
  const name = container?.secret;
  if (secrets === undefined || name === undefined) return [];
  return Object.entries(stages).flatMap(([stage, { namespace }]) => {
    const place = { service, stage, namespace, name };
    try {
      return sights(place, secrets, sealedNotes(root, place), now);
    } catch (error) {
      const [said = "", todo = ""] = messageOf(error).split("\n");
      return Object.entries(secrets).map(([key, { owner }]): SecretSight => {
        return { place: placeName(place), key, owner, answer: "could not be seen", said, todo };
      });
    }
  });
}

function sights(
  place: ClusterPlace,
  secrets: Secrets,
  notes: ReadonlyMap<string, SealedNote | undefined>,
  now: number,
): readonly SecretSight[] {
  const file = sealedSecretPath(place);
  const more = [...notes.keys()].filter((key) => !Object.hasOwn(secrets, key));
  return [
    ...Object.entries(secrets).map(([key, { owner }]): SecretSight => {
      const common = { place: placeName(place), key, owner };
      const todo = `${owner} seals it: npx gatehouse seal ${place.service} ${place.stage} ${key} --certificate <file>`;
      if (!notes.has(key)) return { ...common, answer: "differs", said: "declared, and not sealed", todo };
      const note = notes.get(key);
      if (note === undefined)
        return { ...common, answer: "could not be seen", said: `sealed in ${file}, and not written when`, todo };
      const { sealedAt, rotateBy } = note;
      const ageDays = daysSince(Date.parse(sealedAt), now);
      const dated = { ...common, ageDays, due: rotateBy.slice(0, 10) };
      const said = `sealed on ${sealedAt.slice(0, 10)}`;
      if (Date.parse(rotateBy) >= now) return { ...dated, answer: "as declared", said };
      return { ...dated, answer: "differs", said: `${said}: overdue`, todo };
    }),
    ...more.map((key): SecretSight => {
      const todo = `declare it in cluster.secrets, or take it out of ${file}`;
      return { place: placeName(place), key, answer: "not declared", said: `sealed in ${file}`, todo };
    }),
  ];
}

function placeName({ namespace, name }: ClusterPlace): string {
  return `Secret ${name} in ${namespace}`;
}
