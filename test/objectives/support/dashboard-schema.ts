import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const SDK = join(dirname(require.resolve("@grafana/grafana-foundation-sdk/dashboard")), "..");
const TSC = join(dirname(require.resolve("typescript/package.json")), "bin", "tsc");

/**
 * What Grafana's schemas of a dashboard, of our panels and of Prometheus queries ask for. The types of the SDK are generated from these
 * schemas and say the same; here they are put together strictly: a panel's options, fields and queries are those of its type, and its methods
 * and enumerations are what they are in JSON.
 */
const TYPES = `
import type * as common from "${SDK}/common";
import type { AnnotationQuery, AnnotationTarget, Dashboard, FieldConfig, FieldConfigSource, GridPos, Panel } from "${SDK}/dashboard";
import type { Options as Gauge } from "${SDK}/gauge";
import type { Dataquery } from "${SDK}/prometheus";
import type { Options as Stat } from "${SDK}/stat";
import type { FieldConfig as TableFields, Options as Table } from "${SDK}/table";
import type { FieldConfig as LineFields, Options as Lines } from "${SDK}/timeseries";

type Json<T> = 0 extends 1 & T ? any
  : T extends string ? \`\${T}\`
  : T extends readonly (infer Item)[] ? Json<Item>[]
  : T extends object ? { [Key in keyof T as Key extends \`_\${string}\` ? never : Key]: Json<T[Key]> }
  : T;

type Query = Dataquery & { refId: string; datasource: common.DataSourceRef };
type Of<Type extends string, Options, Fields> = Omit<Panel, "type" | "options" | "fieldConfig" | "targets"> & {
  type: Type;
  id: number;
  title: string;
  gridPos: GridPos;
  datasource: common.DataSourceRef;
  options: Options;
  fieldConfig: Omit<FieldConfigSource, "defaults"> & { defaults: Omit<FieldConfig, "custom"> & { custom?: Fields } };
  targets: Query[];
};
type AnyPanel = Of<"timeseries", Lines, LineFields> | Of<"stat", Stat, never> | Of<"gauge", Gauge, never> | Of<"table", Table, TableFields>;
export type Board = Json<
  Omit<Dashboard, "id" | "version" | "panels" | "annotations"> & {
    uid: string;
    title: string;
    panels: AnyPanel[];
    annotations: { list: (Omit<AnnotationQuery, "target"> & { target: Query | AnnotationTarget })[] };
  }
>;
`;

/** What is wrong with dashboards by Grafana's schemas, one message a mistake: by the dashboard's name, none where there is none. */
export async function schemaErrors<Name extends string>(
  dashboards: Readonly<Record<Name, string>>,
): Promise<Readonly<Record<Name, readonly string[]>>> {
  const directory = mkdtempSync(join(tmpdir(), "gatehouse-dashboard-"));
  try {
    const names = Object.keys(dashboards) as Name[];
    writeFileSync(join(directory, "types.ts"), TYPES);
    for (const name of names) {
      const board = `import type { Board } from "./types";\nexport const board: Board = ${dashboards[name]};\n`;
      writeFileSync(join(directory, `${name}.ts`), board);
    }
    const said = await compiled(directory, names);
    return Object.fromEntries(
      names.map((name) => [name, said.filter((line) => line.startsWith(`${name}.ts(`))]),
    ) as Record<Name, string[]>;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function compiled(directory: string, names: readonly string[]): Promise<readonly string[]> {
  const flags = ["--noEmit", "--strict", "--skipLibCheck", "--pretty", "false", "--types", ""];
  const resolution = ["--target", "es2023", "--module", "preserve", "--moduleResolution", "bundler"];
  const files = names.map((name) => `${name}.ts`);
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [TSC, ...flags, ...resolution, ...files], { cwd: directory }, (error, stdout) => {
      const lines = stdout.split("\n").filter((line) => /error TS\d+/.test(line));
      const elsewhere = lines.filter((line) => !files.some((file) => line.startsWith(`${file}(`)));
      if ((error !== null && lines.length === 0) || elsewhere.length > 0) {
        reject(new Error(`the types could not be compiled\n${stdout}`));
      } else resolve(lines);
    });
  });
}
