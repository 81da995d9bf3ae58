import { CloudBackend, LocalBackend, NamedCloudWorkspace, PgBackend, S3Backend, type TerraformStack } from "cdktf";
import { type StateBackend, stateSchema } from "../declaration/state-backend";

/** Where states lie when no other directory is given, seen from a stack's directory `cdktf.out/stacks/<stack>`. */
const PROJECT_STATE_DIRECTORY = "../../../.gatehouse/state";

export interface StateProps {
  readonly backend: StateBackend;
  /** Keep state in files of this directory, whatever the backend says. @default - as the backend says */
  readonly localDirectory?: string | undefined;
}

/** Gives a stack its state: one file, key, schema or workspace by the stack's name. */
export function keepState(stack: TerraformStack, name: string, props: StateProps): void {
  const { backend } = props;
  if (props.localDirectory !== undefined || backend.kind === "local") {
    new LocalBackend(stack, { path: `${props.localDirectory ?? PROJECT_STATE_DIRECTORY}/${name}.tfstate` });
    return;
  }
  switch (backend.kind) {
    case "s3": {
      const s3 = new S3Backend(stack, {
        bucket: backend.bucket,
        key: `${backend.prefix ?? "gatehouse"}/${name}.tfstate`,
        region: backend.region,
        encrypt: true,
        ...(backend.endpoint !== undefined && s3Compatible(backend.endpoint)),
      });
      // cdktf's S3Backend has no property for the lock file of Terraform 1.10 and later.
      s3.addOverride("use_lockfile", true);
      return;
    }
    case "pg": {
      // cdktf's type asks for the address; it is a credential, and Terraform reads it from PG_CONN_STR when the block has none.
      const pg = new PgBackend(stack, {
        connStr: "",
        schemaName: stateSchema(backend, name),
      });
      pg.addOverride("conn_str", undefined);
      return;
    }
    case "cloud":
      new CloudBackend(stack, {
        organization: backend.organization,
        workspaces: new NamedCloudWorkspace(name),
        ...(backend.hostname !== undefined && { hostname: backend.hostname }),
      });
  }
}

/** What a store that only speaks S3's protocol lacks: https://developers.cloudflare.com/terraform/advanced-topics/remote-backend/ */
function s3Compatible(endpoint: string) {
  return {
    endpoints: { s3: endpoint },
    skipCredentialsValidation: true,
    skipMetadataApiCheck: true,
    skipRegionValidation: true,
    skipRequestingAccountId: true,
    skipS3Checksum: true,
    usePathStyle: true,
  };
}
