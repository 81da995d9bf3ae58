import { environmentsOf } from "../environments";
import { show } from "../problem";
import type { CheckContext } from "./context";
import { readsSetting } from "./reads-setting";
import { refersTo } from "./refers-to";

const PATH = ["telemetry", "traces"];

/** What sends traces of the workflows finds where to, without anybody's approval, and sends nothing in clear. */
export function tracesProblems(context: CheckContext): void {
  const { service, report } = context;
  const traces = service.telemetry?.traces;
  if (traces === undefined) return;
  const found = refersTo(
    report,
    [...PATH, "environment"],
    traces.environment,
    environmentsOf(service).flatMap(({ name, unattended }) => (unattended ? [name] : [])),
    "unattended environments",
    "declare it in stages.<stage>.unattended: one with reviewers would have them approve every run's traces",
  );
  const environments = found ? [traces.environment] : [];
  readsSetting(context, [...PATH, "endpoint"], traces.endpoint, "variable", environments);
  readsSetting(context, [...PATH, "headers"], traces.headers, "secret", environments);
  const endpoint = Object.hasOwn(service.settings, traces.endpoint) ? service.settings[traces.endpoint] : undefined;
  if (endpoint?.kind !== "variable") return;
  const url = Object.hasOwn(endpoint.environments, traces.environment)
    ? endpoint.environments[traces.environment]
    : undefined;
  if (url === undefined || (typeof url === "string" && /^https:\/\/[a-z0-9.-]+(?::\d{1,5})?\/[\w./-]*$/i.test(url)))
    return;
  report(["settings", traces.endpoint, "environments", traces.environment], {
    came: show(url),
    expected:
      "an https URL with its path, such as https://collector.example.com/v1/traces: headers with a key go there",
    remedy: "write the URL as the collector or its provider names it for OTLP over HTTP",
    source: "https://opentelemetry.io/docs/specs/otlp/#otlphttp-request",
  });
}
