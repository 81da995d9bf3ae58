import { readFile } from "node:fs/promises";
import type { Fleet } from "../declaration/fleet";
import { show } from "../declaration/problem";
import type { Service } from "../declaration/service";
import { OpenSloError } from "../objectives/openslo/read-objects";
import { openSloFile, openSloObjects } from "../objectives/openslo-export";
import { type ImportOptions, importOpenSlo } from "../objectives/openslo-import";
import { declarationText } from "../objectives/openslo-snippet";
import { prometheusRuleFile, prometheusRuleResource, ruleGroups } from "../objectives/prometheus-rules";
import { assertRight } from "../stacks/fleet-problems";
import type { Console } from "./console";
import { declaredService } from "./declared-service";
import { EXIT, Failure } from "./failure";

/** `prometheus`: one rule file; `prometheus-operator`: a `PrometheusRule` for each service; `openslo`: objects of OpenSLO v1. */
export const SLO_FORMATS = ["openslo", "prometheus", "prometheus-operator"] as const;

export interface SloExportOptions {
  /** @default - every service that has telemetry */
  readonly service?: string | undefined;
  /** @default - every stage whose metrics are known */
  readonly stage?: string | undefined;
  readonly format: (typeof SLO_FORMATS)[number];
}

/** `gatehouse slo export`: prints rules or objectives of services as YAML, and nothing else. */
export async function sloExport(fleet: Fleet, options: SloExportOptions, console: Console): Promise<number> {
  assertRight(fleet);
  const { service: name, stage, format } = options;
  const wanted = name === undefined ? fleet.services.map(({ service }) => service) : [declaredService(fleet, name)];
  const services = wanted.flatMap((service) => {
    const stages = Object.keys(service.telemetry?.stages ?? {}).filter((each) => stage === undefined || each === stage);
    return stages.length === 0 ? [] : [{ service, stages }];
  });
  if (services.length === 0) throw new Failure(nothingTo(wanted, stage));
  const { organization } = fleet;
  const parts = ["npx gatehouse slo export", name, stage && `--stage ${stage}`, `--format ${format}`];
  const command = parts.filter((part) => part !== undefined).join(" ");
  if (format === "prometheus") {
    const groups = services.flatMap(({ service, stages }) => ruleGroups(service, organization, stages));
    console.print(prometheusRuleFile(groups, command).trimEnd());
  } else if (format === "openslo") {
    const objects = services.flatMap(({ service, stages }) => openSloObjects(service, organization, stages));
    const each = new Map(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object]));
    console.print(openSloFile([...each.values()], command).trimEnd());
  } else {
    const resources = services.map(({ service, stages }) =>
      prometheusRuleResource(service.name, ruleGroups(service, organization, stages), command),
    );
    console.print(resources.join("---\n").trimEnd());
  }
  return EXIT.fine;
}

function nothingTo(services: readonly Service[], stage: string | undefined): string {
  const known = services.flatMap(({ name, telemetry }) =>
    Object.keys(telemetry?.stages ?? {}).map((each) => `${name} ${each}`),
  );
  const where = stage === undefined ? "" : ` in stage ${show(stage)}`;
  return `nothing is known of the metrics of ${services.map(({ name }) => `"${name}"`).join(", ") || "any service"}${where}\nmetrics are known of: ${known.join(", ") || "none"}; declare telemetry in services/`;
}

export interface SloImportOptions extends ImportOptions {
  /** Path of the OpenSLO file. */
  readonly file: string;
}

/** `gatehouse slo import openslo FILE`: prints text for a declaration; what was left or added also goes to standard error. */
export async function sloImport(options: SloImportOptions, console: Console): Promise<number> {
  const yaml = await readFile(options.file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new Failure(`can't read ${options.file}: ${error.message}\ngive the path of a file of OpenSLO v1`);
  });
  try {
    const imported = importOpenSlo(yaml, options);
    console.print(declarationText(imported, `npx gatehouse slo import openslo ${options.file}`).trimEnd());
    for (const each of imported.added) console.progress(`please check: ${each}`);
    for (const each of imported.left) console.progress(`not taken over: ${each}`);
    console.progress(
      `${Object.keys(imported.objectives).length} objectives on ${Object.keys(imported.signals).length} signals: signals belong into telemetry, objectives beside it`,
    );
    return EXIT.fine;
  } catch (error) {
    if (error instanceof OpenSloError) throw new Failure(`${options.file}: ${error.message}`);
    throw error;
  }
}
