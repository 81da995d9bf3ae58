import { KUBERNETES, NAMESPACE_KIND, workloadName } from "../declaration/cluster-names";
import type { ClusterApi, ClusterObject } from "./cluster-api";
import { Failure } from "./failure";
import { isNamedLikePreview, looksLikePreview, type PreviewRecord, readPreview } from "./preview-record";
import type { PreviewRun } from "./preview-run";
import { allDeclaredPreviews, type DeclaredPreviews, declaredPreviews } from "./preview-target";

/** A preview that is there. */
export interface FoundPreview {
  readonly record: PreviewRecord;
  readonly cluster: ClusterApi;
  /** Undefined when nothing runs in it: it was made in part. */
  readonly asleep: boolean | undefined;
}

/** A namespace that has to do with previews, and is none that may be touched. */
export interface LeftAlone {
  readonly cluster: string;
  readonly namespace: string;
  readonly reason: string;
  /** It passes for a preview of Gatehouse's, and will not go by itself: a person must look at it. */
  readonly odd: boolean;
}

export interface Survey {
  readonly previews: readonly FoundPreview[];
  readonly leftAlone: readonly LeftAlone[];
  /** Clusters that could not be seen. */
  readonly unseen: readonly { readonly cluster: string; readonly reason: string }[];
}

/**
 * Looks for previews in all clusters that have some by the declarations. A cluster that can't be seen hides no other.
 *
 * @param service only its previews @default - those of all services
 */
export async function survey(run: PreviewRun, service?: string): Promise<Survey> {
  const all = allDeclaredPreviews(run.fleet);
  const wanted = service === undefined ? all : [declaredPreviews(run.fleet, service)];
  const names = [...new Set(wanted.map(({ clusterName }) => clusterName))];
  const surveys = await Promise.all(
    names.map(async (name): Promise<Survey> => {
      const here = all.filter(({ clusterName }) => clusterName === name);
      try {
        return await surveyOf(run, name, here, service);
      } catch (error) {
        run.signal?.throwIfAborted();
        if (!(error instanceof Failure)) throw error;
        return { previews: [], leftAlone: [], unseen: [{ cluster: name, reason: error.message }] };
      }
    }),
  );
  return {
    previews: surveys.flatMap(({ previews }) => previews),
    leftAlone: surveys.flatMap(({ leftAlone }) => leftAlone),
    unseen: surveys.flatMap(({ unseen }) => unseen),
  };
}

async function surveyOf(
  run: PreviewRun,
  name: string,
  here: readonly DeclaredPreviews[],
  service: string | undefined,
): Promise<Survey> {
  const [first] = here;
  if (first === undefined) return { previews: [], leftAlone: [], unseen: [] };
  const cluster = run.clusterOf(first.cluster);
  const asked = here.filter((one) => service === undefined || one.service.name === service);
  const namespaces = await cluster.list("namespace");
  const asleep = await sleeping(cluster, asked);
  const previews: FoundPreview[] = [];
  const leftAlone: LeftAlone[] = [];
  for (const namespace of namespaces) {
    if (!looksLikePreview(namespace, here) || !(service === undefined || concerns(namespace, asked))) continue;
    const record = readPreview(namespace, here);
    if ("reason" in record) leftAlone.push({ cluster: name, ...leftAloneFor(namespace, record.reason, true) });
    else if (record.deleting)
      leftAlone.push({ cluster: name, ...leftAloneFor(namespace, "it is being deleted already", false) });
    else if (asked.includes(record.declared)) previews.push({ record, cluster, asleep: asleep.get(record.namespace) });
  }
  return { previews, leftAlone, unseen: [] };
}

function leftAloneFor({ metadata }: ClusterObject, reason: string, stays: boolean): Omit<LeftAlone, "cluster"> {
  const claims = metadata.labels?.[KUBERNETES.kind] === NAMESPACE_KIND.preview;
  return { namespace: metadata.name, reason, odd: claims && stays };
}

/** Whether a namespace claims to be of one of these services, or is named as their previews are. */
function concerns(namespace: ClusterObject, asked: readonly DeclaredPreviews[]): boolean {
  const claimed = namespace.metadata.labels?.[KUBERNETES.service];
  return asked.some((one) => one.service.name === claimed || isNamedLikePreview(namespace, one));
}

/** Of each namespace with a service's Deployment: whether it asks for no pods. */
async function sleeping(
  cluster: ClusterApi,
  declared: readonly DeclaredPreviews[],
): Promise<ReadonlyMap<string, boolean>> {
  const names = [...new Set(declared.map(({ service }) => workloadName(service)))];
  const deployments = await Promise.all(names.map((name) => cluster.list("deployment", { name })));
  return new Map(deployments.flat().map((one) => [one.metadata.namespace ?? "", replicasOf(one) === 0]));
}

function replicasOf({ spec }: ClusterObject): number {
  // Without a number Kubernetes means 1.
  return typeof spec?.replicas === "number" ? spec.replicas : 1;
}
