import type { ApiObject } from "../support/api-client";
import { only, render } from "../support/helm";
import { describeWith } from "../support/programs";
import { EVERYTHING, SHAPES } from "./sample-values";

const IMAGE = { image: "ghcr.io/example/shop@sha256:*" };

describeWith(["helm"], "the chart's policy for images", () => {
  let policy: ApiObject;
  let own: ApiObject["spec"];
  let signed: ApiObject["spec"];
  beforeAll(() => {
    policy = only(render(EVERYTHING), "Policy");
    [own, signed] = policy.spec.rules;
  });

  test("refuses pods, and lets none in when it can't be asked", () => {
    expect(policy.apiVersion).toBe("kyverno.io/v1");
    expect(policy.spec).toMatchObject({ admission: true, webhookConfiguration: { failurePolicy: "Fail" } });
    for (const { match } of policy.spec.rules) {
      expect(match).toEqual({ any: [{ resources: { kinds: ["Pod"], operations: ["CREATE", "UPDATE"] } }] });
    }
    expect(own.validate.failureAction).toBe("Enforce");
    expect(signed.verifyImages[0].failureAction).toBe("Enforce");
    expect(policy.metadata.annotations).toEqual({ "pod-policies.kyverno.io/autogen-controllers": "none" });
  });

  test("lets only the service's own image in, by its digest", () => {
    expect(own.validate.pattern).toEqual({
      spec: { containers: [IMAGE], "=(initContainers)": [IMAGE], "=(ephemeralContainers)": [IMAGE] },
    });
  });

  test("is about every image in the namespace, and takes none by a tag", () => {
    expect(signed.verifyImages).toMatchObject([
      { imageReferences: ["*"], mutateDigest: false, verifyDigest: true, required: true },
    ]);
  });

  test("asks for the signature and for a signed SBOM of the release train, by its key", () => {
    const [{ attestors, attestations }] = signed.verifyImages;
    expect(attestors).toEqual([
      {
        entries: [
          {
            keys: {
              publicKeys: EVERYTHING.verification.publicKey,
              rekor: { url: "https://rekor.sigstore.dev", ignoreTlog: true },
              ctlog: { ignoreSCT: true },
            },
          },
        ],
      },
    ]);
    expect(attestations).toEqual([{ type: "https://spdx.dev/Document", attestors }]);
  });

  test("knows it by its identity where it signs without a key, and asks the public log", () => {
    const { issuer, subject } = SHAPES["a canary behind ingress-nginx"].verification;
    const { rules } = only(render(SHAPES["a canary behind ingress-nginx"]), "Policy").spec;
    const [{ attestors, attestations }] = rules[1].verifyImages;
    const keyless = { issuer, subject, rekor: { url: "https://rekor.sigstore.dev" } };
    expect(attestors).toEqual([{ entries: [{ keyless }] }]);
    expect(attestations).toEqual([{ type: "https://spdx.dev/Document", attestors }]);
  });

  test("isn't there without an admission controller", () => {
    expect(render(SHAPES["a Deployment"]).some(({ kind }) => kind === "Policy")).toBe(false);
  });
});
