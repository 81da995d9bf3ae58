import { describeWithTerraform } from "../support/programs";
import { Workspace } from "./terraform";
import { ACCOUNT } from "./workbench";

function stored(seconds: number) {
  return {
    cloudflare_d1_database: { main: { account_id: ACCOUNT, name: "pos", read_replication: { mode: "disabled" } } },
    cloudflare_r2_bucket: { backup: { account_id: ACCOUNT, name: "pos-backup" } },
    cloudflare_r2_bucket_lock: {
      backup: {
        account_id: ACCOUNT,
        bucket_name: "${cloudflare_r2_bucket.backup.name}",
        rules: [{ id: "daily", enabled: true, prefix: "daily/", condition: { type: "Age", max_age_seconds: seconds } }],
      },
    },
  };
}

let workspace: Workspace;

afterEach(() => workspace.end());

describeWithTerraform("real Terraform with the stand-in for cloudflare", () => {
  beforeEach(async () => {
    workspace = await Workspace.open();
  });

  test("deploys a database and a locked bucket, sees the lock shortened, and heals it", async () => {
    await workspace.deploy(stored(1_209_600));
    expect(await workspace.actions()).toEqual({});
    workspace.sandbox.world.edit("cloudflare_r2_bucket_lock", `${ACCOUNT}/pos-backup`, (attributes) => {
      const [rule] = attributes.rules as { condition: { max_age_seconds: number } }[];
      if (rule !== undefined) {
        rule.condition.max_age_seconds = 60;
      }
      return attributes;
    });
    expect(await workspace.actions()).toEqual({ "cloudflare_r2_bucket_lock.backup": "update" });
    await workspace.apply();
    expect(JSON.stringify(workspace.sandbox.world.list("cloudflare_r2_bucket_lock"))).toContain("1209600");
  });

  test("writes an entry into a namespace, sees what somebody wrote over it or deleted, and heals it", async () => {
    await workspace.deploy({
      cloudflare_workers_kv_namespace: { flags: { account_id: ACCOUNT, title: "flags" } },
      cloudflare_workers_kv: {
        flags: {
          account_id: ACCOUNT,
          namespace_id: "${cloudflare_workers_kv_namespace.flags.id}",
          key_name: "flags.json",
          value: '{"a":"$${b}"}',
        },
      },
    });
    expect(await workspace.actions()).toEqual({});
    const { world } = workspace.sandbox;
    const entries = () => world.list("cloudflare_workers_kv");
    const id = entries()[0]?.id ?? "";
    world.edit("cloudflare_workers_kv", id, (attributes) => ({ ...attributes, value: "{}" }));
    expect(await workspace.actions()).toEqual({ "cloudflare_workers_kv.flags": "update" });
    await workspace.apply();
    expect(entries()[0]?.attributes.value).toBe('{"a":"${b}"}');
    world.remove("cloudflare_workers_kv", id);
    expect(await workspace.actions()).toEqual({ "cloudflare_workers_kv.flags": "create" });
  });

  test("plans to replace a database for its new name", async () => {
    await workspace.deploy(stored(1));
    const renamed = { main: { ...stored(1).cloudflare_d1_database.main, name: "pos2" } };
    workspace.write({ resource: { ...stored(1), cloudflare_d1_database: renamed } });
    const { resource_changes: changes } = await workspace.plan();
    const database = changes?.find(({ address }) => address === "cloudflare_d1_database.main");
    expect(database?.change).toMatchObject({ actions: ["delete", "create"], replace_paths: [["name"]] });
    const before = workspace.sandbox.world.list("cloudflare_d1_database")[0]?.id;
    await workspace.apply();
    expect(workspace.sandbox.world.list("cloudflare_d1_database").map(({ id }) => id)).not.toContain(before);
  });

  test("is warned that destroying a lock changes nothing", async () => {
    await workspace.deploy(stored(1));
    const { cloudflare_r2_bucket_lock: _, ...rest } = stored(1);
    workspace.write({ resource: rest });
    const output = await workspace.apply();
    expect(output).toContain("sandbox: destroying this resource changes nothing");
    expect(workspace.sandbox.world.list("cloudflare_r2_bucket_lock")).toHaveLength(1);
  });

  test("plans an update whose values are known only later", async () => {
    await workspace.deploy(stored(1));
    const worker = {
      account_id: ACCOUNT,
      name: "${cloudflare_d1_database.main.id}",
      tags: ["${cloudflare_d1_database.main.uuid}"],
    };
    await workspace.deploy({ ...stored(1), cloudflare_worker: { pos: worker } });
    expect(await workspace.actions()).toEqual({});
  });
});
