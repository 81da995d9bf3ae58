/**
 * Text that Terraform must take as it stands. In JSON configuration every string is a template, in which `${` and `%{` begin
 * something to compute (https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping): dashboards have
 * `${variable}`, PromQL may have `%{`, and values of a chart may have either. Not for strings that hold references to other resources.
 */
export function literal(text: string): string {
  return text.replace(/([$%])\{/g, "$1$1{");
}
