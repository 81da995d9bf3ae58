import { KUBERNETES, MANAGED_BY, NAMESPACE_KIND, previewNamespace } from "../declaration/cluster-names";
import { show } from "../declaration/problem";
import type { ClusterObject } from "./cluster-api";
import { isPullRequestNumber } from "./preview-number";
import type { DeclaredPreviews } from "./preview-target";

/** Whose preview a namespace is. */
export interface PreviewIdentity {
  readonly declared: DeclaredPreviews;
  readonly pullRequest: number;
  readonly namespace: string;
  readonly uid: string;
  /** Its deletion has begun. */
  readonly deleting: boolean;
}

/** A preview as its namespace tells. Times: Unix, milliseconds. */
export interface PreviewRecord extends PreviewIdentity {
  readonly createdAt: number;
  readonly expiresAt: number;
  /** When it was last deployed or woken; where nothing says so, when it was made. */
  readonly usedAt: number;
  /** Undefined until it was healthy for the first time. Seconds. */
  readonly readySeconds: number | undefined;
}

/** Why a namespace is no preview that may be touched. */
export interface NotAPreview {
  readonly reason: string;
}

/**
 * Whether a namespace has to do with previews at all: by a label of ours, or by its name.
 *
 * @param declared the previews that are declared for the cluster
 */
export function looksLikePreview(object: ClusterObject, declared: readonly DeclaredPreviews[]): boolean {
  const { labels = {} } = object.metadata;
  if (labels[KUBERNETES.kind] === NAMESPACE_KIND.preview || KUBERNETES.pullRequest in labels) return true;
  return declared.some((one) => isNamedLikePreview(object, one));
}

/** Whether a namespace is named as the service's previews are. */
export function isNamedLikePreview({ metadata: { name } }: ClusterObject, { previews }: DeclaredPreviews): boolean {
  const { namespacePrefix: prefix } = previews;
  return name.startsWith(prefix) && isPullRequestNumber(name.slice(prefix.length));
}

/**
 * Whose preview a namespace is. A label is somebody's word only: all of them must agree with one another, with the name, and with the declarations.
 *
 * @param declared the previews that are declared for the cluster
 */
export function identifyPreview(
  { metadata }: ClusterObject,
  declared: readonly DeclaredPreviews[],
): PreviewIdentity | NotAPreview {
  const { name, uid, labels = {} } = metadata;
  const { [KUBERNETES.service]: service, [KUBERNETES.kind]: kind, [KUBERNETES.pullRequest]: number = "" } = labels;
  if (kind === undefined) return not(`it has no label ${KUBERNETES.kind}: nothing says that Gatehouse made it`);
  if (kind !== NAMESPACE_KIND.preview) return not(`its label ${KUBERNETES.kind} says ${show(kind)}`);
  if (labels[MANAGED_BY.label] !== MANAGED_BY.value)
    return not(`its label ${MANAGED_BY.label} is ${show(labels[MANAGED_BY.label])}, not "${MANAGED_BY.value}"`);
  const owner = declared.find((one) => one.service.name === service);
  if (owner === undefined)
    return not(`its label ${KUBERNETES.service} is ${show(service)}: no service with previews in this cluster`);
  if (!isPullRequestNumber(number))
    return not(`its label ${KUBERNETES.pullRequest} is ${show(labels[KUBERNETES.pullRequest])}: no pull request`);
  const expected = previewNamespace(owner.previews, Number(number));
  if (name !== expected)
    return not(`the preview of pull request ${number} of ${service}, which its labels name, is ${show(expected)}`);
  const deleting = metadata.deletionTimestamp !== undefined;
  return { declared: owner, pullRequest: Number(number), namespace: name, uid, deleting };
}

/** Reads a namespace as a preview, with its times; without one of them it can't be judged. */
export function readPreview(object: ClusterObject, declared: readonly DeclaredPreviews[]): PreviewRecord | NotAPreview {
  const identity = identifyPreview(object, declared);
  if ("reason" in identity) return identity;
  const { annotations = {} } = object.metadata;
  const createdAt = timeIn(annotations, KUBERNETES.createdAt);
  const expiresAt = timeIn(annotations, KUBERNETES.expiresAt);
  // It is written after the deployment that made the namespace.
  const usedAt = KUBERNETES.usedAt in annotations ? timeIn(annotations, KUBERNETES.usedAt) : createdAt;
  if (typeof createdAt === "string") return not(createdAt);
  if (typeof expiresAt === "string") return not(expiresAt);
  if (typeof usedAt === "string") return not(usedAt);
  const readySeconds = secondsOf(annotations[KUBERNETES.readySeconds]);
  return { ...identity, createdAt, expiresAt, usedAt, readySeconds };
}

/** Of an ISO 8601 text: where its milliseconds begin. */
const SECONDS_END = "2006-01-02T15:04:05".length;

/** A time as annotations hold it: ISO 8601 in UTC, whole seconds. */
export function annotated(time: number): string {
  return `${new Date(time).toISOString().slice(0, SECONDS_END)}Z`;
}

/** A time, or why there is none. */
function timeIn(annotations: Readonly<Record<string, string>>, key: string): number | string {
  const text = annotations[key];
  const time = text === undefined ? undefined : instant(text);
  return time ?? `its annotation ${key} is ${show(text)}: no time in UTC, such as 2026-01-31T12:00:00Z`;
}

/** Only what `annotated` writes, with or without milliseconds: `Date.parse` takes "99" for a year. */
function instant(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?Z$/.test(text)) return undefined;
  const time = Date.parse(text);
  // 30 February is the 2nd of March to Date.
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(text.slice(0, SECONDS_END)) ? undefined : time;
}

/** What isn't a figure is none: nothing hangs on it. */
function secondsOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,7}$/.test(text) ? Number(text) : undefined;
}

function not(reason: string): NotAPreview {
  return { reason };
}
