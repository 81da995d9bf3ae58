import { environmentsOf } from "../../declaration/environments";
import type { Service } from "../../declaration/service";
import type { Setting } from "../../declaration/settings";
import type { RenderedFile } from "../rendered-file";
import { settingsRead } from "../settings-read";
import type { Workflow } from "../workflow";
import { CLOUDFLARE_TOKENS } from "./cloudflare-tokens";
import { code, markdownFile, prose, table } from "./markdown";
import { everyDays } from "./periods";

/** Every key, and where it has which value: local, CI, each environment; and what each job of the workflows finds. */
export function secretMatrix(
  service: Pick<Service, "name" | "settings" | "stages">,
  workflows: readonly Workflow[],
): RenderedFile {
  const declared = environmentsOf(service);
  const environments = declared.map((environment) => environment.name);
  const entries = Object.entries(service.settings);
  const header = ["Key", "Kind", "For", "Local", "CI", ...environments.map(code), "Owner", "Rotation"];
  const rows = entries.map(([key, setting]) => [
    code(key),
    setting.optional === true ? `${setting.kind}, optional` : setting.kind,
    prose(setting.description),
    local(setting),
    setting.kind === "variable" && setting.ci !== undefined ? code(setting.ci) : "",
    ...environments.map((environment) => inEnvironment(setting, environment)),
    code(setting.owner),
    setting.kind === "secret" ? everyDays(setting.rotateEveryDays) : "",
  ]);
  return markdownFile("docs/secret-matrix.md", service.name, [
    "# Secrets and variables",
    "A job finds a key only in the environment it runs in. What a key has no entry for, it does not have there: a workflow that reads it is refused before it is written.",
    table(header, rows),
    "A secret's value is written nowhere: it is sealed for one environment, and only GitHub can open it. `set` means that the environment has it.",
    "## Environments",
    table(
      ["Environment", "For", "Branches", "Reviewers", "Wait"],
      declared.map((environment) => [
        code(environment.name),
        prose(environment.description ?? `The stage ${environment.stage}`),
        environment.branches.map(code).join(", "),
        environment.reviewers.map(code).join(", "),
        environment.waitMinutes === 0 ? "" : `${environment.waitMinutes} min`,
      ]),
    ),
    ...inWorkflows(service.settings, workflows),
    ...tokens(service.settings),
  ]);
}

/** What jobs find, a row for each key of an environment; the variables of CI are there for every job of their workflow. */
function inWorkflows(
  settings: Service["settings"],
  workflows: readonly Workflow[],
): readonly (string | readonly string[])[] {
  const rows = workflows.flatMap((workflow) => {
    const found = new Map<
      string,
      { readonly cells: readonly string[]; readonly key: string; readonly jobs: string[] }
    >();
    for (const { job, environment = "", key } of settingsRead(workflow)) {
      const place = `${environment} ${key}`;
      const row = found.get(place) ?? { cells: [code(environment), code(key)], key, jobs: [] };
      row.jobs.push(code(job));
      found.set(place, row);
    }
    const ofAll = Object.keys(workflow.env ?? {}).map((key) => ({ cells: ["", code(key)], key, jobs: ["all"] }));
    return [...ofAll, ...found.values()].flatMap(({ cells, key, jobs }) => {
      const setting = settings[key];
      if (setting === undefined) return [];
      const rotation = setting.kind === "secret" ? everyDays(setting.rotateEveryDays) : "";
      return [[code(workflow.file), jobs.join(", "), ...cells, setting.kind, code(setting.owner), rotation]];
    });
  });
  if (rows.length === 0) return [];
  return [
    "## In workflows",
    "What each job finds among its variables, from the same matrix that sets it.",
    table(["Workflow", "Jobs", "Environment", "Key", "Kind", "Owner", "Rotation"], rows),
  ];
}

function local(setting: Setting): string {
  if (setting.kind === "variable") return setting.local === undefined ? "" : code(setting.local);
  return setting.local === "absent" ? "" : `${setting.local}, your own`;
}

function inEnvironment(setting: Setting, environment: string): string {
  if (setting.kind === "secret") return setting.environments.includes(environment) ? "set" : "";
  const value = Object.hasOwn(setting.environments, environment) ? setting.environments[environment] : undefined;
  if (value === undefined) return "";
  return typeof value === "string" ? code(value) : `from ${code(value.from)}`;
}

function tokens(settings: Service["settings"]): readonly (string | readonly string[])[] {
  const rows = Object.entries(settings).flatMap(([key, setting]) =>
    setting.kind === "secret" && setting.token !== undefined
      ? [[code(key), setting.token.permissions.map(code).join(", "), setting.environments.map(code).join(", ")]]
      : [],
  );
  if (rows.length === 0) return [];
  return [
    "## Cloudflare tokens",
    `Each token may do this on the one account, and nothing else; [${CLOUDFLARE_TOKENS.split("/").at(-1)}](${CLOUDFLARE_TOKENS.split("/").at(-1)}) says the same for machines.`,
    table(["Token", "Permission groups", "Environments"], rows),
  ];
}
