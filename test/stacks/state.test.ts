import type { StateBackend } from "../../declaration/state-backend";
import { GatehouseStack, type RunProps } from "../../stacks/gatehouse-stack";
import { stackNamed, stacksOf } from "./synthesized-fleet";

function terraformOf(state: StateBackend, run: RunProps = {}) {
  const stacks = stacksOf((app) => {
    new GatehouseStack(app, "pos-production", state, run);
  });
  return stackNamed(stacks, "pos-production").json.terraform;
}

describe("a stack keeps its state under its own name", () => {
  test("in a file of the project", () => {
    expect(terraformOf({ kind: "local" })).toEqual({
      backend: { local: { path: "../../../.gatehouse/state/pos-production.tfstate" } },
    });
  });

  test("in an S3 bucket, locked by a file and encrypted", () => {
    expect(terraformOf({ kind: "s3", bucket: "states", region: "eu-central-1" })).toEqual({
      backend: {
        s3: {
          bucket: "states",
          key: "gatehouse/pos-production.tfstate",
          region: "eu-central-1",
          encrypt: true,
          use_lockfile: true,
        },
      },
    });
  });

  test("in a bucket of something that speaks S3's protocol, without what only AWS has", () => {
    const endpoint = "https://023e105f4ecef8ad9ca31a8372d0c353.r2.cloudflarestorage.com";
    expect(terraformOf({ kind: "s3", bucket: "states", region: "auto", endpoint, prefix: "teams/pos" })).toEqual({
      backend: {
        s3: {
          bucket: "states",
          key: "teams/pos/pos-production.tfstate",
          region: "auto",
          encrypt: true,
          use_lockfile: true,
          endpoints: { s3: endpoint },
          skip_credentials_validation: true,
          skip_metadata_api_check: true,
          skip_region_validation: true,
          skip_requesting_account_id: true,
          skip_s3_checksum: true,
          use_path_style: true,
        },
      },
    });
  });

  test("in a schema of a PostgreSQL database, whose address is no input of synth", () => {
    expect(terraformOf({ kind: "pg" })).toEqual({ backend: { pg: { schema_name: "gatehouse_pos_production" } } });
    expect(terraformOf({ kind: "pg", schemaPrefix: "shop" })).toEqual({
      backend: { pg: { schema_name: "shop_pos_production" } },
    });
  });

  test("in a workspace of HCP Terraform", () => {
    expect(terraformOf({ kind: "cloud", organization: "openclaw" })).toEqual({
      cloud: { organization: "openclaw", workspaces: { name: "pos-production" } },
    });
  });

  test("in a workspace of a Terraform Enterprise installation", () => {
    expect(terraformOf({ kind: "cloud", organization: "openclaw", hostname: "tfe.example.com" })).toEqual({
      cloud: { organization: "openclaw", hostname: "tfe.example.com", workspaces: { name: "pos-production" } },
    });
  });

  test("in files of another directory when the run says so, whatever is declared", () => {
    const run = { localStateDirectory: "/tmp/states" };
    for (const state of [{ kind: "local" }, { kind: "pg" }] satisfies StateBackend[]) {
      expect(terraformOf(state, run)).toEqual({ backend: { local: { path: "/tmp/states/pos-production.tfstate" } } });
    }
  });
});
