import type { Organization } from "../../declaration/organization";
import type { Service } from "../../declaration/service";
import { generatedBy } from "../generated-by";
import type { RenderedFile } from "../rendered-file";

export const CLOUDFLARE_TOKENS = "docs/cloudflare-tokens.json";

/**
 * What each Cloudflare token may do, in the shape of the API that makes and shows tokens (permission groups by name; the API has their ids), to
 * compare a token with. Undefined when the service declares none.
 * https://developers.cloudflare.com/fundamentals/api/how-to/create-via-api/
 */
export function cloudflareTokens(
  service: Pick<Service, "name" | "settings">,
  organization: Organization,
): RenderedFile | undefined {
  const declared = Object.entries(service.settings).flatMap(([key, setting]) =>
    setting.kind === "secret" && setting.token !== undefined ? [{ key, setting, token: setting.token }] : [],
  );
  if (declared.length === 0) return undefined;
  const accountId = organization.cloudflare?.accountId;
  if (accountId === undefined) {
    throw new Error(
      `service "${service.name}": ${declared[0]?.key} is a token for a Cloudflare account, and the organization has none; ` +
        "declare cloudflare.accountId in services/organization.ts",
    );
  }
  const content = {
    $comment: generatedBy(service.name).join(" "),
    tokens: declared.map(({ key, setting, token }) => ({
      name: `${service.name} ${key}`,
      key,
      owner: setting.owner,
      environments: setting.environments,
      rotateEveryDays: setting.rotateEveryDays,
      policies: [
        {
          effect: "allow",
          resources: { [`com.cloudflare.api.account.${accountId}`]: "*" },
          permission_groups: token.permissions.map((name) => ({ name })),
        },
      ],
    })),
  };
  return { path: CLOUDFLARE_TOKENS, content: `${JSON.stringify(content, undefined, 2)}\n`, executable: false };
}
