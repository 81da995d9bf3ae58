import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { parse } from "yaml";
import type { Attributes } from "../../protocol/value-codec";
import type { Inspection } from "../inspection";

/** What a Chart.yaml says. */
export interface ChartFile {
  readonly name: string;
  readonly version: string;
  readonly appVersion: string;
}

/** SemVer 2, whole: https://semver.org/#is-there-a-suggested-regular-expression-regex-to-check-a-semver-string */
const EXACT = /^v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

/**
 * What is known of a release's chart. A path that begins with a slash is read from this machine. Any other is relative to where the plugin runs,
 * which is Terraform's directory in life and another here; a chart by name is in a repository. Of both only the configuration is known.
 */
export function chartOf({ chart, version }: Attributes): ChartFile {
  const path = String(chart);
  const read = isAbsolute(path) ? chartFile(path) : undefined;
  const configured = typeof version === "string" ? version.replace(/^v/, "") : "0.0.0";
  return read ?? { name: path.split("/").at(-1) ?? path, version: configured, appVersion: "" };
}

/** What `ModifyPlan` refuses of chart and version: it loads the chart, and wants exactly the version that this has. */
export function checkChart(config: Inspection): void {
  const [version] = config.all("version");
  for (const { path, value } of config.all("chart")) {
    const chart = String(value);
    if (isAbsolute(chart)) {
      const file = chartFile(chart);
      if (file === undefined) {
        config.refuse(path, value, "a directory with a Chart.yaml", "Correct the path.");
      } else if (version !== undefined && String(version.value).replace(/^v/, "") !== file.version.replace(/^v/, "")) {
        config.refuse(
          version.path,
          version.value,
          `${file.version}, the version of the chart in ${chart}`,
          "Write the chart's version, or leave it out.",
        );
      }
    } else if (/^\.{1,2}\//.test(chart) && version === undefined) {
      config.refuse(
        path,
        value,
        "a version beside a relative path: the sandbox doesn't run where Terraform does and can't read the chart",
        "Write the version of its Chart.yaml.",
      );
    }
  }
  for (const { path, value } of config.all("version")) {
    if (!EXACT.test(String(value))) {
      config.refuse(
        path,
        value,
        "one version, such as 1.2.3: a range plans another version than is configured",
        "Pin the version.",
      );
    }
  }
}

function chartFile(directory: string): ChartFile | undefined {
  const file = join(directory, "Chart.yaml");
  if (!existsSync(file)) {
    return undefined;
  }
  const { name, version, appVersion } = (parse(readFileSync(file, "utf8")) ?? {}) as Readonly<Record<string, unknown>>;
  return { name: String(name), version: String(version), appVersion: String(appVersion ?? "") };
}
