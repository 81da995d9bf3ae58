import type { Service } from "../../declaration/service";
import type { VariableReference } from "../workflow";

/** The variable that carries the id of the Cloudflare account in an environment. */
export function accountVariable(service: Pick<Service, "name" | "settings">, environment: string): VariableReference {
  for (const [key, setting] of Object.entries(service.settings)) {
    const value = setting.kind === "variable" ? setting.environments[environment] : undefined;
    if (typeof value === "object" && value.from === "cloudflare.accountId") return { variable: key };
  }
  throw new Error(
    `service "${service.name}": no variable carries the id of the Cloudflare account in the environment "${environment}"; ` +
      `add "${environment}": { from: "cloudflare.accountId" } to the environments of such a variable in settings`,
  );
}
