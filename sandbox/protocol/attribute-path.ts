/** Steps into a value: attribute names, list indices, map keys. */
export type AttributePath = readonly (string | number | { readonly key: string })[];

/** `["rules", 0, "pull_request"]` → `rules[0].pull_request`. */
export function pathText(path: AttributePath): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : typeof step === "string" ? `.${step}` : `["${step.key}"]`))
    .join("")
    .replace(/^\./, "");
}

/** A path as the plugin protocol writes it. */
export function wirePath(path: AttributePath): object {
  return {
    steps: path.map((step) => {
      if (typeof step === "number") {
        return { element_key_int: step };
      }
      return typeof step === "string" ? { attribute_name: step } : { element_key_string: step.key };
    }),
  };
}
