import { only, render } from "../support/helm";
import { describeWith } from "../support/programs";
import { SHAPES } from "./sample-values";

const backend = (name: string, weight: number) => ({ group: "", kind: "Service", name, port: 80, weight });

describeWith(["helm"], "the way of requests through the chart", () => {
  test("two Services stand before the pods of a canary, inside the cluster only; the controller tells them apart", () => {
    const objects = render(SHAPES["a canary behind a Gateway"]);
    const { selector } = only(objects, "Rollout").spec;
    for (const name of ["shop", "shop-canary"]) {
      expect(only(objects, "Service", name).spec).toEqual({
        type: "ClusterIP",
        selector: selector.matchLabels,
        ports: [{ name: "http", port: 80, targetPort: "http", protocol: "TCP" }],
      });
    }
  });

  test("an HTTPRoute begins with all for the stable version", () => {
    expect(only(render(SHAPES["a canary behind a Gateway"]), "HTTPRoute").spec).toEqual({
      parentRefs: [
        { group: "gateway.networking.k8s.io", kind: "Gateway", name: "public", namespace: "gateway-system" },
      ],
      hostnames: ["shop.example.com"],
      rules: [
        {
          matches: [{ path: { type: "PathPrefix", value: "/" } }],
          backendRefs: [backend("shop", 100), backend("shop-canary", 0)],
        },
      ],
    });
  });

  test("without a canary there is one Service", () => {
    const [rule] = only(render(SHAPES["a Deployment"]), "HTTPRoute").spec.rules;
    expect(rule.backendRefs).toEqual([backend("shop", 100)]);
  });

  test("an Ingress is answered by TLS, with the controller's certificate", () => {
    expect(only(render(SHAPES["a canary behind ingress-nginx"]), "Ingress").spec).toEqual({
      ingressClassName: "nginx",
      tls: [{ hosts: ["shop.example.com"] }],
      rules: [
        {
          host: "shop.example.com",
          http: {
            paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "shop", port: { name: "http" } } } }],
          },
        },
      ],
    });
  });
});
