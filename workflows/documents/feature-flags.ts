import { FLAGS_DIRECTORY, FLAGS_FILE, valueIn } from "../../declaration/flag-document";
import { type Flag, OPENFEATURE_CALLS, PERMANENT } from "../../declaration/flags";
import type { Service } from "../../declaration/service";
import type { RenderedFile } from "../rendered-file";
import { code, markdownFile, prose, table } from "./markdown";

type Block = string | readonly string[];
type Flagged = Pick<Service, "name" | "flags" | "cluster" | "edge" | "owners">;

/** The service's feature flags, and how its code reads them. Undefined where it declares none. */
export function featureFlagsDocument(service: Flagged): RenderedFile | undefined {
  const { flags } = service;
  if (flags === undefined) return undefined;
  return markdownFile("docs/feature-flags.md", service.name, [
    "# Feature flags",
    `They are declared in ${code(`services/${service.name}.ts`)} of Gatehouse: a change of a value is a pull request there, and reaches a stage with its next deployment. The default is what is safe: it holds where nothing else is said, and where the flags can't be read.`,
    ...registry(service),
    "## In the code",
    `A flag is used where one of ${(flags.calls ?? OPENFEATURE_CALLS).map(code).join(", ")} is called with its key as text; ${code("*")} is any object. The second argument is the default of the table above. What is declared and not used, used and not declared, or has another default, is found with ${code(`npx gatehouse flags ${service.name} --tree <checkout>`)}.`,
    "## Where they are",
    `One JSON document for all flags, in the form of [flagd](https://flagd.dev/reference/flag-definitions/): each with its ${code("variants")}, and the one that holds, ${code("defaultVariant")}.`,
    ...pods(service),
    ...workers(service),
  ]);
}

function registry(service: Flagged): readonly Block[] {
  const entries = Object.entries(service.flags?.registry ?? {});
  if (entries.length === 0) return ["None is declared today."];
  const stages = [
    ...new Set([...Object.keys(service.cluster?.stages ?? {}), ...Object.keys(service.edge?.workers ?? {})]),
  ];
  const previews = service.cluster?.previews !== undefined;
  const rows = entries.map(([key, flag]) => [
    code(key),
    prose(flag.description),
    `${flag.owner} (${code(service.owners[flag.owner]?.team ?? flag.owner)})`,
    flag.expires === PERMANENT ? "never" : flag.expires,
    inWords(flag, flag.default),
    ...stages.map((stage) => inWords(flag, valueIn(flag, stage))),
    ...(previews ? [inWords(flag, flag.preview ?? flag.default)] : []),
  ]);
  const switches = entries.filter(([, flag]) => flag.kind === "boolean" && flag.killSwitch).map(([key]) => code(key));
  return [
    table(
      ["Flag", "Decides", "Owner", "Last day", "Default", ...stages.map(code), ...(previews ? ["Previews"] : [])],
      rows,
    ),
    ...(switches.length === 0
      ? []
      : [`Kill switches, which are there as long as what they guard: ${switches.join(", ")}.`]),
  ];
}

function inWords(flag: Flag, value: boolean | string): string {
  return flag.kind === "boolean" ? (value ? "on" : "off") : code(String(value));
}

function pods({ cluster }: Flagged): readonly Block[] {
  if (cluster === undefined) return [];
  return [
    `Pods have it as the file ${code(`${FLAGS_DIRECTORY}/${FLAGS_FILE}`)}. A changed value is there within about a minute, in the pods that run: read it again from time to time, as this provider does.`,
    [
      "```ts",
      'import { FlagdProvider } from "@openfeature/flagd-provider";',
      'import { OpenFeature } from "@openfeature/server-sdk";',
      "",
      `const offlineFlagSourcePath = "${FLAGS_DIRECTORY}/${FLAGS_FILE}";`,
      "// Without the file the service starts all the same, with the defaults of its calls.",
      'await OpenFeature.setProviderAndWait(new FlagdProvider({ resolverType: "in-process", offlineFlagSourcePath })).catch(console.error);',
      "```",
    ],
  ];
}

function workers({ edge, flags }: Flagged): readonly Block[] {
  const namespace = flags?.kv === undefined ? undefined : edge?.kv?.[flags.kv];
  if (namespace === undefined) return [];
  return [
    `The Worker has it under the key ${code(FLAGS_FILE)} of its binding ${code(namespace.binding)}. A changed value is there within about a minute, wherever the Worker runs: read it again for each request, or as often.`,
    [
      "```ts",
      'import { InMemoryProvider, OpenFeature } from "@openfeature/server-sdk";',
      "",
      `const document = await env.${namespace.binding}.get<{ flags: object }>("${FLAGS_FILE}", "json");`,
      "await OpenFeature.setProviderAndWait(new InMemoryProvider(document?.flags ?? {}));",
      "```",
    ],
  ];
}
