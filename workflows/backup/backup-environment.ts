import type { Service } from "../../declaration/service";
import type { Variables } from "../workflow";
import { accountVariable } from "./account-variable";
import type { BackedUpDatabase } from "./backed-up-database";

/** What both scripts read, under the names they read it by, from the settings that the declaration refers to. */
export function backupEnvironment(
  service: Pick<Service, "name" | "settings">,
  { backup }: BackedUpDatabase,
  environment: string,
): Variables {
  return {
    CLOUDFLARE_API_TOKEN: { secret: backup.token },
    CLOUDFLARE_ACCOUNT_ID: accountVariable(service, environment),
    BACKUP_R2_ACCESS_KEY_ID: { secret: backup.accessKeyId },
    BACKUP_R2_SECRET_ACCESS_KEY: { secret: backup.secretAccessKey },
  };
}
