import type { Service } from "../../declaration/service";
import type { Setting } from "../../declaration/settings";
import { generatedBy } from "../generated-by";
import { plainText } from "../plain-text";
import type { RenderedFile } from "../rendered-file";

/** The keys that local work needs, without values; what a variable usually has there stands in its comment. */
export function envExample(service: Pick<Service, "name" | "settings">): RenderedFile {
  const entries = Object.entries(service.settings)
    .filter(([, setting]) => neededLocally(setting))
    .map(([key, setting]) => `${comment(setting)}\n${key}=`);
  const header = [
    ...generatedBy(service.name),
    "Copy it to .env, which Git ignores, and fill in your own values there. Never write a value into this file.",
  ];
  return {
    path: ".env.example",
    content: `${[header.map((line) => `# ${line}`).join("\n"), ...entries].join("\n\n")}\n`,
    executable: false,
  };
}

function neededLocally(setting: Setting): boolean {
  return setting.kind === "secret" ? setting.local !== "absent" : setting.local !== undefined;
}

function comment(setting: Setting): string {
  const needed = setting.optional === true || setting.local === "optional" ? " Optional." : "";
  const value =
    setting.kind === "variable" && setting.local !== undefined ? `\n# Usually: ${plainText(setting.local)}` : "";
  return `# ${plainText(setting.description)} (${setting.kind}, owner: ${setting.owner}).${needed}${value}`;
}
