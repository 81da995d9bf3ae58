import { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { digest } from "../../declaration/cluster";
import type { LocalChart } from "./local-chart";
import { RELEASE_SAFETY } from "./release-safety";
import type { ServiceValues } from "./service-values";
import { releaseSeconds } from "./timeout";
import { valuesDocument } from "./values-document";

export interface CanaryReleaseProps {
  /** Name of the release. At most 53 characters. */
  readonly name: string;
  readonly namespace: string;
  /** `charts/service`. */
  readonly chart: LocalChart;
  /** All of them; the chart has no defaults. */
  readonly values: Omit<ServiceValues, "chartHash">;
  /** How long Helm waits for what it can see. Seconds. @default - as long as pods, canary and seed may take by their own limits, and some more */
  readonly timeoutSeconds?: number | undefined;
  /** What must be there before a pod is made: quota, policies, service account. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[] | undefined;
}

/**
 * One release of the services' chart: the shape of a stage, or of a preview. It is installed with a digest and never changes one afterwards:
 * versions belong to the release train.
 *
 * Helm doesn't know when a Rollout is done: it calls the release deployed while a canary is at its first step. Whoever releases a version
 * watches the Rollout's own status. An upgrade that fails is taken back to the objects of the revision before, and with them to the digest that ran
 * when that revision was made, which need not be the newest: after a failed apply, release the version again.
 */
export class CanaryRelease extends Construct {
  /** @throws Error on an image without a digest, a name that Helm refuses, or a timeout that the release can't keep */
  constructor(scope: Construct, id: string, props: CanaryReleaseProps) {
    super(scope, id);
    const { name, namespace, chart, values } = props;
    refuseTag(values);
    refuseName(name);
    const least = releaseSeconds(values);
    const timeout = props.timeoutSeconds ?? least;
    if (timeout < least)
      throw new Error(
        `release "${name}": a timeout of ${timeout} s\nexpected at least ${least} s: what its pods, canary and seed may take\nraise timeoutSeconds, or leave it out`,
      );
    new Release(this, "Default", {
      ...RELEASE_SAFETY,
      name,
      namespace,
      chart: chart.path,
      version: chart.version,
      timeout,
      // While it plans: values that the chart's schema doesn't know, and templates that don't render.
      lint: true,
      // The plugin sees no change of a local chart's files unless its version changes: the hash makes it one of the values.
      values: [valuesDocument({ ...values, chartHash: chart.sha256 })],
      dependsOn: [...(props.dependsOn ?? [])],
    });
  }
}

/** The declaration refuses it too; a construct can be built around the declaration. */
function refuseTag({ image }: CanaryReleaseProps["values"]): void {
  if (/[:@][^/]*$/.test(image.repository))
    throw new Error(
      `image "${image.repository}" has a tag or digest\nexpected the repository alone\nput the digest into image.digest`,
    );
  const parsed = digest.safeParse(image.digest);
  if (parsed.success) return;
  throw new Error(
    `image ${image.repository}: came "${image.digest}"\nexpected ${parsed.error.issues[0]?.message ?? "a digest"}`,
  );
}

/** https://github.com/helm/helm/blob/v3.18.6/pkg/chartutil/validate_name.go */
function refuseName(name: string): void {
  if (/^(?=.{1,53}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(name)) return;
  throw new Error(
    `release "${name}"\nexpected at most 53 of a–z, 0–9 and -, beginning and ending with a letter or digit\nshorten it`,
  );
}
