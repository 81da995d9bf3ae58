import { FlagsConfigMap } from "../../../constructs/kubernetes/flags-config-map";
import { resourceOf } from "../synthesized";

test("flags are a file of a ConfigMap, which Terraform takes as it stands", () => {
  const map = resourceOf((stack) => {
    const labels = { "gatehouse.dev/service": "shop" };
    new FlagsConfigMap(stack, "flags", { name: "shop-flags", namespace: "shop", labels, document: '{"a":"${b}%{c}"}' });
  }, "kubernetes_config_map_v1");
  expect(map).toEqual({
    metadata: { name: "shop-flags", namespace: "shop", labels: { "gatehouse.dev/service": "shop" } },
    data: { "flags.json": '{"a":"$${b}%%{c}"}' },
  });
});
