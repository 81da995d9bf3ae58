import { environmentsOf } from "../../declaration/environments";
import type { Service } from "../../declaration/service";
import type { Setting } from "../../declaration/settings";
import type { RenderedFile } from "../rendered-file";
import { CLOUDFLARE_TOKENS } from "./cloudflare-tokens";
import { code, markdownFile, prose, table } from "./markdown";
import { everyDays } from "./periods";

/** Every key, and where it has which value: local, CI, each environment. */
export function secretMatrix(service: Pick<Service, "name" | "settings" | "stages">): RenderedFile {
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
    ...tokens(service.settings),
  ]);
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
