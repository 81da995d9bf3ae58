import { bothTypes, type KindRule } from "./kind-rule";

/** MaxSecretSize in pkg/apis/core/types.go of Kubernetes v1.33.4. */
const MOST_BYTES = 1024 * 1024;

/** IsConfigMapKey in k8s.io/apimachinery's pkg/util/validation/validation.go. */
const KEY = /^(?!\.\.?$)(?!\.\.)[-._a-zA-Z0-9]{1,253}$/;

/**
 * The plugin checks nothing of it; keys and size are the API server's: ValidateConfigMap in pkg/apis/core/validation/validation.go of Kubernetes
 * v1.33.4. Source: kubernetes/resource_kubernetes_config_map_v1.go at v2.38.0 of hashicorp's provider.
 */
export const configMap: KindRule = {
  types: bothTypes("config_map"),
  check: (config) => {
    for (const { path, value } of config.all("data")) {
      let bytes = 0;
      for (const [key, text] of Object.entries(value as Readonly<Record<string, unknown>>)) {
        if (!KEY.test(key)) {
          config.refuse([...path, { key }], key, "a key of letters, digits, '-', '_' and '.'", "Rename it.");
        }
        bytes += typeof text === "string" ? Buffer.byteLength(text) : 0;
      }
      if (bytes > MOST_BYTES) {
        config.refuse(path, `${bytes} bytes`, `at most ${MOST_BYTES} bytes in all values together`, "Keep less in it.");
      }
    }
  },
};
