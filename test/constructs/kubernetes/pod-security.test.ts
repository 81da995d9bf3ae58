import { podSecurityLabels } from "../../../constructs/kubernetes/pod-security";

describe("pod security", () => {
  it("is labelled for all three modes, each with its version, since a label that isn't configured goes unseen", () => {
    expect(podSecurityLabels("restricted", "1.33")).toEqual({
      "pod-security.kubernetes.io/enforce": "restricted",
      "pod-security.kubernetes.io/enforce-version": "v1.33",
      "pod-security.kubernetes.io/audit": "restricted",
      "pod-security.kubernetes.io/audit-version": "v1.33",
      "pod-security.kubernetes.io/warn": "restricted",
      "pod-security.kubernetes.io/warn-version": "v1.33",
    });
  });
});
