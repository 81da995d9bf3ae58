import type { Attributes } from "../../protocol/value-codec";
import type { ResourceRule } from "../rule";
import { chartOf, checkChart } from "./chart";
import { checkValues, mergedValues } from "./values";

/** The id of a release in the world. */
function releaseId({ namespace, name }: Attributes): string {
  return `${namespace}/${name}`;
}

/**
 * Source: helm/resource_helm_release.go at v3.1.1 of github.com/hashicorp/terraform-provider-helm: its defaults, what it refuses, and what it
 * makes anew. Blind spots of the plugin, and so of this: a release's live objects, and files of a chart in a directory, whose change is no difference
 * unless its version or the values change with it.
 *
 * Not here: nothing is rendered, so that nothing of a chart can fail. In life a first installation that fails without `atomic` stays in the cluster,
 * unknown to Terraform, and can't be repeated. And a refresh that can't ask the cluster, or may not, takes the release for gone and says nothing
 * (`Read` drops the error of `resourceReleaseExists`; also at v3.1.2): a plan to create it can mean that.
 */
export const helmRelease: ResourceRule = {
  type: "helm_release",
  sensitive: ["repository_password", "set_sensitive.value"],
  replaces: ["name", "namespace"],
  unsettled: ["id", "metadata"],
  defaults: {
    atomic: false,
    cleanup_on_fail: false,
    create_namespace: false,
    dependency_update: false,
    disable_crd_hooks: false,
    disable_openapi_validation: false,
    disable_webhooks: false,
    force_update: false,
    lint: false,
    max_history: 0,
    namespace: "default",
    pass_credentials: false,
    recreate_pods: false,
    render_subchart_notes: true,
    replace: false,
    reset_values: false,
    reuse_values: false,
    skip_crds: false,
    take_ownership: false,
    timeout: 300,
    upgrade_install: false,
    verify: false,
    wait: true,
    wait_for_jobs: false,
    "set.type": "",
    // ModifyPlan: what is there but failed is to be deployed; both others are those of an experiment, and nothing without it.
    status: "deployed",
    manifest: null,
    resources: null,
  },
  check: (config) => {
    // Helm's own rule, pkg/chartutil/validate_name.go: a DNS name of at most 53 characters.
    config.matches(
      "name",
      /^(?=.{1,53}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/,
      "at most 53 lower-case letters, digits, hyphens and dots",
    );
    config.oneOf("set.type", ["auto", "string", "literal"]);
    config.oneOf("set_sensitive.type", ["auto", "string", "literal"]);
    config.oneOf("set_wo.type", ["auto", "string"]);
    config.between("set_wo_revision", 1, Number.MAX_SAFE_INTEGER, "revisions");
    config.between("timeout", 0, 2_147_483_647, "seconds");
    config.between("max_history", 0, 2_147_483_647, "revisions");
    checkChart(config);
    checkValues(config);
  },
  identity: releaseId,
  computed: (planned, { now, world }) => {
    const { name, namespace } = planned;
    const chart = chartOf(planned);
    const deployed = Math.floor(Date.parse(now) / 1000);
    const before = world.get("helm_release", releaseId(planned))?.attributes.metadata as Attributes | undefined;
    return {
      id: name,
      version: chart.version,
      description: "",
      metadata: {
        name,
        namespace,
        chart: chart.name,
        version: chart.version,
        app_version: chart.appVersion,
        notes: "",
        values: mergedValues(planned),
        revision: Number(before?.revision ?? 0) + 1,
        first_deployed: before?.first_deployed ?? deployed,
        last_deployed: deployed,
      },
    };
  },
  // A refresh asks Helm for the release; what the configuration says of it is in no release.
  reads: (real, state) =>
    state === undefined
      ? real
      : { ...state, version: real.version, status: real.status, metadata: real.metadata, id: real.id },
  unique: (attributes) => ({ key: releaseId(attributes), words: "cannot re-use a name that is still in use" }),
  needs: ({ namespace, create_namespace }, needs) => {
    const kinds = ["kubernetes_namespace_v1", "kubernetes_namespace"];
    const known =
      namespace === "default" || kinds.some((kind) => needs.world.get(kind, String(namespace)) !== undefined);
    if (!known && create_namespace !== true) {
      needs.refuse(
        ["namespace"],
        `create: failed to create: namespaces "${namespace}" not found: create the namespace first.`,
      );
    }
  },
  imports: (id, world) => world.get("helm_release", id.includes("/") ? id : `default/${id}`),
};
