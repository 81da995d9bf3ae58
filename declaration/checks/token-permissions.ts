import { show } from "../problem";
import type { TokenPermissions } from "../settings";
import type { CheckContext } from "./context";

type Permission = TokenPermissions["permissions"][number];

/** A workflow works with the token behind `key`: its declared permissions must be enough. Whether the key exists is another check's. */
export function tokenMay(
  { service, report }: CheckContext,
  key: string,
  needs: readonly Permission[],
  why: string,
): void {
  const setting = Object.hasOwn(service.settings, key) ? service.settings[key] : undefined;
  if (setting?.kind !== "secret") return;
  const has = setting.token?.permissions ?? [];
  const lacks = needs.filter((permission) => !has.includes(permission));
  if (lacks.length === 0) return;
  const listed = (permissions: readonly Permission[]) => permissions.map(show).join(" and ");
  report(["settings", key, "token", "permissions"], {
    came: show(has),
    expected: `${listed(needs)}: ${why}`,
    remedy: `add ${listed(lacks)}`,
  });
}
