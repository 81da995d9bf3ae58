import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { Attributes } from "../../protocol/value-codec";
import type { ResourceRule } from "../rule";

/** The version of a chart that lies in a directory of this machine; nothing is known of others. */
function chartVersion({ chart, version }: Attributes): string {
  if (typeof version === "string") {
    return version;
  }
  const file = join(String(chart), "Chart.yaml");
  const found =
    isAbsolute(String(chart)) && existsSync(file)
      ? /^version:\s*["']?([^"'\s]+)/m.exec(readFileSync(file, "utf8"))
      : null;
  return found?.[1] ?? "0.0.0";
}

/**
 * Source: helm/resource_helm_release.go at v3.1.1 of github.com/hashicorp/terraform-provider-helm: its defaults, and
 * what it makes anew. A release's live objects and its chart's templates are not looked at.
 */
export const helmRelease: ResourceRule = {
  type: "helm_release",
  sensitive: ["repository_password", "set_sensitive.value"],
  replaces: ["name", "namespace"],
  unsettled: ["metadata", "status", "manifest", "resources"],
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
  },
  check: (config) => {
    // helm.sh, "Naming releases": a DNS name of at most 53 characters
    config.matches(
      "name",
      /^[a-z0-9]([a-z0-9.-]{0,51}[a-z0-9])?$/,
      "at most 53 lower-case letters, digits, hyphens and dots",
    );
    config.oneOf("set.type", ["", "auto", "string"]);
    config.between("timeout", 0, 2_147_483_647, "seconds");
    for (const { path, value } of config.all("chart")) {
      if (isAbsolute(String(value)) && !existsSync(join(String(value), "Chart.yaml"))) {
        config.refuse(path, value, "a directory with a Chart.yaml", "Correct the path.");
      }
    }
  },
  identity: ({ namespace, name }) => `${namespace}/${name}`,
  computed: (planned, { now }) => {
    const { name, namespace } = planned;
    const version = chartVersion(planned);
    const deployed = Math.floor(Date.parse(now) / 1000);
    return {
      id: name,
      status: "deployed",
      version,
      description: "",
      manifest: null,
      resources: {},
      metadata: {
        name,
        namespace,
        chart: String(planned.chart).split("/").pop(),
        version,
        app_version: "",
        notes: "",
        values: "{}",
        revision: 1,
        first_deployed: deployed,
        last_deployed: deployed,
      },
    };
  },
  unique: ({ namespace, name }) => ({
    key: `${namespace}/${name}`,
    words: "cannot re-use a name that is still in use",
  }),
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
