import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { KUBERNETES, MANAGED_BY } from "../declaration/cluster-names";
import { sealedSecretPath } from "../declaration/sealed-paths";
import { sortedByName } from "../declaration/sorted-by-name";
import { Failure } from "./failure";
import { type FileLockProps, locked } from "./file-lock";
import { jsonOf } from "./json-of";
import { putFiles, readOwn, refuseLink } from "./new-files";
import { refuseSetBack } from "./sealing-times";

/** The Secret in a cluster that a sealed value becomes a key of. */
export interface SealedSecretPlace {
  readonly service: string;
  readonly stage: string;
  readonly namespace: string;
  /** Of the Secret. */
  readonly name: string;
  readonly key: string;
}

/** What is kept of a sealed value beside it. */
const Note = z.strictObject({
  /** SHA-256 of the certificate. */
  certificate: z.string().regex(/^[0-9a-f]{64}$/),
  owner: z.string(),
  sealedAt: z.iso.datetime({ precision: 0 }),
  rotateBy: z.iso.datetime({ precision: 0 }),
});
export type SealedNote = z.infer<typeof Note>;

/** https://github.com/bitnami-labs/sealed-secrets/blob/v0.36.6/helm/sealed-secrets/crds/bitnami.com_sealedsecrets.yaml */
const SealedSecret = z.strictObject({
  apiVersion: z.literal("bitnami.com/v1alpha1"),
  kind: z.literal("SealedSecret"),
  metadata: z.strictObject({
    name: z.string(),
    namespace: z.string(),
    labels: z.record(z.string(), z.string()),
    annotations: z.record(z.string(), z.string()),
  }),
  spec: z.strictObject({
    encryptedData: z.record(z.string(), z.base64()),
    template: z.strictObject({
      metadata: z.strictObject({ name: z.string(), namespace: z.string() }),
      type: z.literal("Opaque"),
    }),
  }),
});
type SealedSecret = z.infer<typeof SealedSecret>;

/**
 * Puts a sealed value into the SealedSecret of its stage, among the keys that are there by now. The file is replaced as a whole, and is what
 * `kubectl apply` takes.
 *
 * @returns what was known of the value before, if there was one
 * @throws Failure with the file as it was
 */
export async function putSealedSecret(
  place: SealedSecretPlace,
  value: { readonly ciphertext: string; readonly note: SealedNote },
  props: FileLockProps,
): Promise<SealedNote | undefined> {
  refuseLink(props.root, "services");
  return locked(sealedSecretPath(place), props, () => replaced(place, value, props.root));
}

/**
 * What is sealed for a stage, by key; undefined where nobody wrote down how.
 * @throws Failure when another thing stands there
 */
export function sealedNotes(
  root: string,
  place: Omit<SealedSecretPlace, "key">,
): ReadonlyMap<string, SealedNote | undefined> {
  const path = sealedSecretPath(place);
  if (!existsSync(join(root, path))) return new Map();
  const { spec, metadata } = secretIn(readOwn(root, path), path, place);
  return new Map(
    Object.keys(spec.encryptedData).map((key) => [key, noteIn(metadata.annotations[`${KUBERNETES.sealedKey}${key}`])]),
  );
}

function replaced(
  place: SealedSecretPlace,
  { ciphertext, note }: { readonly ciphertext: string; readonly note: SealedNote },
  root: string,
): SealedNote | undefined {
  const path = sealedSecretPath(place);
  const text = existsSync(join(root, path)) ? readOwn(root, path) : undefined;
  const before = text === undefined ? emptySecret(place) : secretIn(text, path, place);
  const annotation = `${KUBERNETES.sealedKey}${place.key}`;
  const former = noteIn(before.metadata.annotations[annotation]);
  refuseSetBack(path, former, note);
  const { metadata, spec } = before;
  const after: SealedSecret = {
    ...before,
    metadata: {
      ...metadata,
      annotations: sortedByName({ ...metadata.annotations, [annotation]: JSON.stringify(note) }),
    },
    spec: { ...spec, encryptedData: sortedByName({ ...spec.encryptedData, [place.key]: ciphertext }) },
  };
  putFiles(root, [{ path, content: `${JSON.stringify(after, undefined, 2)}\n`, before: text }]);
  return former;
}

function emptySecret({ service, stage, namespace, name }: Omit<SealedSecretPlace, "key">): SealedSecret {
  return {
    apiVersion: "bitnami.com/v1alpha1",
    kind: "SealedSecret",
    metadata: {
      name,
      namespace,
      labels: { [MANAGED_BY.label]: MANAGED_BY.value, [KUBERNETES.service]: service, [KUBERNETES.stage]: stage },
      annotations: {},
    },
    spec: { encryptedData: {}, template: { metadata: { name, namespace }, type: "Opaque" } },
  };
}

/** What stands in a file that isn't right is not quoted: it may be a value. */
function secretIn(
  text: string,
  path: string,
  { namespace, name }: Pick<SealedSecretPlace, "namespace" | "name">,
): SealedSecret {
  const read = SealedSecret.safeParse(jsonOf(text));
  const { metadata } = read.data ?? {};
  if (read.data !== undefined && metadata?.name === name && metadata.namespace === namespace) return read.data;
  throw new Failure(
    `${path} is not the SealedSecret "${name}" of the namespace "${namespace}", as gatehouse seal writes it; it was left alone\nsealed values open under no other name: remove the file and seal its keys again, or take it as it was: git checkout -- ${path}`,
  );
}

function noteIn(text: string | undefined): SealedNote | undefined {
  return text === undefined ? undefined : Note.safeParse(jsonOf(text)).data;
}
