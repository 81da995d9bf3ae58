import { literal } from "../literal";

/**
 * An annotation or label that says exactly this. Grafana takes both for Go templates, whose actions begin with `{{`
 * (`Expand` in pkg/services/ngalert/state/template/template.go of github.com/grafana/grafana): text of a declaration could
 * otherwise run one, or fail to.
 */
export function alertText(text: string): string {
  return literal(text.replaceAll("{{", '{{"{{"}}'));
}
