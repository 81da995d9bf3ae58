import { TerraformOutput } from "cdktf";
import { EdgeDatabase, type EdgeDatabaseProps } from "../../../constructs/cloudflare/edge-database";
import { KeyValueStore } from "../../../constructs/cloudflare/key-value-store";
import { resourceOf, synthesized } from "../synthesized";

const accountId = "023e105f4ecef8ad9ca31a8372d0c353";

function databaseWith(changes: Partial<EdgeDatabaseProps> = {}) {
  return resourceOf(
    (stack) =>
      void new EdgeDatabase(stack, "d1-main", { accountId, name: "pos", readReplication: "disabled", ...changes }),
    "cloudflare_d1_database",
  );
}

describe("EdgeDatabase", () => {
  it("always says how it is replicated, and can't be destroyed by a plan", () => {
    expect(databaseWith()).toEqual({
      account_id: accountId,
      name: "pos",
      read_replication: { mode: "disabled" },
      lifecycle: { prevent_destroy: true },
    });
  });

  it("is put where it is told to be", () => {
    expect(databaseWith({ locationHint: "weur" })).toMatchObject({ primary_location_hint: "weur" });
    expect(databaseWith({ jurisdiction: "eu", readReplication: "auto" })).toMatchObject({
      jurisdiction: "eu",
      read_replication: { mode: "auto" },
    });
  });

  it("gives its id as a reference", () => {
    const stack = synthesized((scope) => {
      const { databaseId } = new EdgeDatabase(scope, "d1-main", { accountId, name: "pos", readReplication: "auto" });
      new TerraformOutput(scope, "id", { value: databaseId });
    });
    expect(stack.output).toEqual({ id: { value: "${cloudflare_d1_database.d1-main.id}" } });
  });

  it("takes over a database that exists when told its id", () => {
    const stack = synthesized(
      (scope) =>
        void new EdgeDatabase(scope, "d1-main", { accountId, name: "pos", readReplication: "auto", adopt: "uuid" }),
    );
    expect(stack.import).toEqual([{ to: "cloudflare_d1_database.d1-main", id: `${accountId}/uuid` }]);
  });
});

describe("an EdgeDatabase that is taken over", () => {
  it("isn't replaced to be where the declaration puts new ones, because its place can't be read", () => {
    expect(databaseWith({ adopt: "uuid", locationHint: "weur" }).lifecycle).toEqual({
      prevent_destroy: true,
      ignore_changes: ["primary_location_hint", "jurisdiction"],
    });
  });
});

describe("KeyValueStore", () => {
  it("can't be destroyed by a plan, and gives its id as a reference", () => {
    const stack = synthesized((scope) => {
      const { namespaceId } = new KeyValueStore(scope, "kv-cache", { accountId, name: "pos-cache" });
      new TerraformOutput(scope, "id", { value: namespaceId });
    });
    expect(stack.output).toEqual({ id: { value: "${cloudflare_workers_kv_namespace.kv-cache.id}" } });
    expect(stack.resource.cloudflare_workers_kv_namespace?.["kv-cache"]).toMatchObject({
      account_id: accountId,
      title: "pos-cache",
      lifecycle: { prevent_destroy: true },
    });
  });

  it("takes over a namespace that exists when told its id", () => {
    const stack = synthesized(
      (scope) => void new KeyValueStore(scope, "kv-cache", { accountId, name: "pos-cache", adopt: "abc" }),
    );
    expect(stack.import).toEqual([{ to: "cloudflare_workers_kv_namespace.kv-cache", id: `${accountId}/abc` }]);
  });
});
