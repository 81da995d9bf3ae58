import type { PinnedAction } from "../declaration/ci";

/**
 * Every action that Gatehouse's workflows use, at the commit of a release. A tag can be moved to other code, a commit can't.
 *
 * How a commit is found: `git ls-remote https://github.com/<owner>/<name> 'refs/tags/<version>^{}' 'refs/tags/<version>'` (the first line
 * that answers: the `^{}` form is the commit behind an annotated tag), then `git branch --remotes --contains <commit>` in a clone must name
 * the default branch or a release branch: a commit that only a tag reaches was put there by somebody without a review.
 *
 * trivy-action: in March 2026 nearly all of its tags were moved to code that stole secrets (GHSA-69fq-xp46-6x23,
 * https://github.com/aquasecurity/trivy-action/issues/541). v0.36.0 was released after that, lies on `master`, and pins setup-trivy to
 * 3fb12ec1 (v0.2.6), the release that the advisory calls safe.
 */
export const ACTIONS = {
  checkout: { uses: "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1", version: "v7.0.1" },
  setupNode: { uses: "actions/setup-node@820762786026740c76f36085b0efc47a31fe5020", version: "v7.0.0" },
  setupPython: { uses: "actions/setup-python@ece7cb06caefa5fff74198d8649806c4678c61a1", version: "v6.3.0" },
  setupTerraform: { uses: "hashicorp/setup-terraform@dfe3c3f87815947d99a8997f908cb6525fc44e9e", version: "v4.0.1" },
  cache: { uses: "actions/cache@27d5ce7f107fe9357f9df03efb73ab90386fccae", version: "v5.0.5" },
  uploadArtifact: { uses: "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f", version: "v7.0.0" },
  downloadArtifact: { uses: "actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c", version: "v8.0.1" },
  githubScript: { uses: "actions/github-script@ed597411d8f924073f98dfc5c65a23a2325f34cd", version: "v8.0.0" },
  codeqlInit: { uses: "github/codeql-action/init@8aad20d150bbac5944a9f9d289da16a4b0d87c1e", version: "v4.36.2" },
  codeqlAnalyze: { uses: "github/codeql-action/analyze@8aad20d150bbac5944a9f9d289da16a4b0d87c1e", version: "v4.36.2" },
  codeqlUploadSarif: {
    uses: "github/codeql-action/upload-sarif@8aad20d150bbac5944a9f9d289da16a4b0d87c1e",
    version: "v4.36.2",
  },
  markdownlint: {
    uses: "DavidAnson/markdownlint-cli2-action@21c1be1b93ad9ed58fa840aacc3f279cde2a72ff",
    version: "v24.2.0",
  },
  trivy: { uses: "aquasecurity/trivy-action@ed142fd0673e97e23eac54620cfb913e5ce36c25", version: "v0.36.0" },
  setupFlyctl: {
    uses: "superfly/flyctl-actions/setup-flyctl@ed8efb33836e8b2096c7fd3ba1c8afe303ebbff1",
    version: "1.6",
  },
  /** Its releases lie on the branch `release`. */
  renovate: { uses: "renovatebot/github-action@e09d604f8f803bb527bd8321ed5be06c460b8682", version: "v46.2.2" },
  otelCicd: {
    uses: "corentinmusard/otel-cicd-action@0f9f16fceb53fd8c996042e28c642ec61f844876",
    version: "v4.0.0",
  },
} as const satisfies Record<string, PinnedAction>;
