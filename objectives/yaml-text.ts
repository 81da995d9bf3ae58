import { stringify } from "yaml";

/**
 * A value as YAML that older readers understand alike: Kubernetes and Prometheus read YAML 1.1, to which a bare `no` is false.
 * https://yaml.org/type/bool.html
 */
export function yamlText(value: unknown): string {
  return stringify(value, { version: "1.1", lineWidth: 0, aliasDuplicateObjects: false });
}
