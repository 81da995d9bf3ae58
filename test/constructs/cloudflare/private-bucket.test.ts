import { PrivateBucket, type PrivateBucketProps } from "../../../constructs/cloudflare/private-bucket";
import { resourceOf, synthesized } from "../synthesized";

const accountId = "023e105f4ecef8ad9ca31a8372d0c353";
const NAME = "${cloudflare_r2_bucket.backups.name}";
const RETENTIONS = [
  { prefix: "weekly/", days: 56 },
  { prefix: "daily/", days: 14 },
];

function adding(changes: Partial<PrivateBucketProps> = {}) {
  return (stack: Parameters<Parameters<typeof synthesized>[0]>[0]) =>
    void new PrivateBucket(stack, "backups", { accountId, name: "pos-backups", ...changes });
}

describe("PrivateBucket", () => {
  it("can't be destroyed by a plan, and names no location, which would be a reason to replace it", () => {
    expect(resourceOf(adding(), "cloudflare_r2_bucket")).toEqual({
      account_id: accountId,
      name: "pos-backups",
      jurisdiction: "default",
      lifecycle: { prevent_destroy: true },
    });
  });

  it("has its public address switched off", () => {
    expect(resourceOf(adding(), "cloudflare_r2_managed_domain")).toEqual({
      account_id: accountId,
      bucket_name: NAME,
      jurisdiction: "default",
      enabled: false,
    });
  });

  it("deletes what is older than its retention, and uploads abandoned for a week", () => {
    expect(resourceOf(adding({ retentions: RETENTIONS }), "cloudflare_r2_bucket_lifecycle")).toEqual({
      account_id: accountId,
      bucket_name: NAME,
      jurisdiction: "default",
      rules: [
        {
          id: "abort abandoned uploads",
          enabled: true,
          conditions: { prefix: "" },
          abort_multipart_uploads_transition: { condition: { type: "Age", max_age: 604_800 } },
        },
        {
          id: "delete daily/",
          enabled: true,
          conditions: { prefix: "daily/" },
          delete_objects_transition: { condition: { type: "Age", max_age: 1_209_600 } },
        },
        {
          id: "delete weekly/",
          enabled: true,
          conditions: { prefix: "weekly/" },
          delete_objects_transition: { condition: { type: "Age", max_age: 4_838_400 } },
        },
      ],
    });
  });

  it("lets nobody change or delete an object before its retention ends", () => {
    expect(resourceOf(adding({ retentions: RETENTIONS }), "cloudflare_r2_bucket_lock")).toEqual({
      account_id: accountId,
      bucket_name: NAME,
      jurisdiction: "default",
      rules: [
        {
          id: "keep daily/",
          enabled: true,
          prefix: "daily/",
          condition: { type: "Age", max_age_seconds: 1_209_600 },
        },
        {
          id: "keep weekly/",
          enabled: true,
          prefix: "weekly/",
          condition: { type: "Age", max_age_seconds: 4_838_400 },
        },
      ],
    });
  });

  it("locks nothing and deletes no object where no retention is declared", () => {
    const { resource } = synthesized(adding());
    expect(resource).not.toHaveProperty("cloudflare_r2_bucket_lock");
    expect(resourceOf(adding(), "cloudflare_r2_bucket_lifecycle").rules).toEqual([
      expect.objectContaining({ id: "abort abandoned uploads" }),
    ]);
  });

  it("keeps all its parts under one jurisdiction", () => {
    const { resource } = synthesized(adding({ jurisdiction: "eu", retentions: RETENTIONS }));
    const parts = Object.values(resource).flatMap((ofType) => Object.values(ofType));
    expect(parts).toHaveLength(4);
    for (const part of parts) expect(part.jurisdiction).toBe("eu");
  });

  it("takes over a bucket that exists", () => {
    expect(synthesized(adding({ adopt: true })).import).toEqual([
      { to: "cloudflare_r2_bucket.backups", id: `${accountId}/pos-backups/default` },
    ]);
    expect(synthesized(adding()).import).toEqual([]);
  });

  it("keeps for ever what is to stay, and deletes none of it", () => {
    const kept = adding({ retentions: [{ prefix: "", days: "for ever" }] });
    expect(resourceOf(kept, "cloudflare_r2_bucket_lock")).toMatchObject({
      rules: [{ id: "keep all", enabled: true, prefix: "", condition: { type: "Indefinite" } }],
    });
    expect(resourceOf(kept, "cloudflare_r2_bucket_lifecycle")).toMatchObject({
      rules: [{ id: "abort abandoned uploads" }],
    });
  });
});
