import { KeyValueEntry } from "../../../constructs/cloudflare/key-value-entry";
import { resourceOf } from "../synthesized";

test("an entry of Workers KV has its value as Terraform takes it as it stands", () => {
  const entry = resourceOf((stack) => {
    const accountId = "023e105f4ecef8ad9ca31a8372d0c353";
    new KeyValueEntry(stack, "flags", { accountId, namespaceId: "0".repeat(32), key: "flags.json", value: "${a}%{b}" });
  }, "cloudflare_workers_kv");
  expect(entry).toEqual({
    account_id: "023e105f4ecef8ad9ca31a8372d0c353",
    namespace_id: "0".repeat(32),
    key_name: "flags.json",
    value: "$${a}%%{b}",
  });
});
