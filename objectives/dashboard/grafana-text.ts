import { show } from "../../declaration/problem";

/**
 * Grafana replaces `$name`, `${name}` and `[[name]]` in titles, descriptions and queries, where it knows the name; there is no way to escape
 * them. The board has no variables, so that only Grafana's own are known, and all of those begin with two underscores.
 * Source: VARIABLE_REGEX and sceneInterpolator in github.com/grafana/scenes, packages/scenes/src/variables
 */
const VARIABLE = /\$\{?__\w|\[\[__\w/;

export function hasGrafanaVariable(text: string): boolean {
  return VARIABLE.test(text);
}

/** The text as it is. Throws when Grafana would replace something in it: declarations are checked for that before. */
export function grafanaText(text: string, what: string): string {
  if (!hasGrafanaVariable(text)) return text;
  throw new Error(`${what} ${show(text)} holds a variable of Grafana's own; write it without $__ and [[__`);
}

/** The query as it is. Throws when Grafana would replace something in a label's value. */
export function grafanaQuery(promql: string): string {
  for (const [literal] of promql.matchAll(/"(?:[^"\\]|\\.)*"/g)) grafanaText(literal, "the label value");
  return promql;
}

/** One line of text where Grafana takes Markdown: every character stands for itself. */
export function markdownText(text: string, what: string): string {
  return grafanaText(text, what)
    .replace(/[\\`*_[\]<>~|]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replace(/^(\s*)([#+=-]|\d+(?=[.)]))/, (_, space, mark) =>
      /\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`,
    );
}
