import type { Permissions } from "../workflow";

/** What something that a step runs needs of the run's token, and who says so. */
export interface KnownPermissions {
  readonly needs: Permissions;
  readonly source: string;
}

/** Its uses are of the runner alone, or of an API that the run's own credentials open. */
const NOTHING: Permissions = {};

/**
 * By action, without its version. One that isn't here may need anything: then only what is missing for the others is found. Of a private repository
 * `contents: read` is needed for a checkout; a public one gives it away.
 */
export const BY_ACTION: Readonly<Record<string, KnownPermissions>> = {
  "actions/checkout": {
    needs: { contents: "read" },
    source: "https://github.com/actions/checkout#recommended-permissions",
  },
  "actions/setup-node": { needs: NOTHING, source: "https://github.com/actions/setup-node#recommended-permissions" },
  "actions/setup-python": { needs: NOTHING, source: "https://github.com/actions/setup-python" },
  "hashicorp/setup-terraform": { needs: NOTHING, source: "https://github.com/hashicorp/setup-terraform" },
  "actions/cache": { needs: NOTHING, source: "https://github.com/actions/cache" },
  "actions/upload-artifact": { needs: NOTHING, source: "https://github.com/actions/upload-artifact" },
  "actions/download-artifact": {
    needs: NOTHING,
    source: "https://github.com/actions/download-artifact#download-artifacts-from-other-workflow-runs-or-repositories",
  },
  "github/codeql-action/init": {
    needs: { actions: "read", contents: "read" },
    source: "https://github.com/github/codeql-action#workflow-permissions",
  },
  "github/codeql-action/analyze": {
    needs: { actions: "read", contents: "read", "security-events": "write" },
    source: "https://github.com/github/codeql-action#workflow-permissions",
  },
  "github/codeql-action/upload-sarif": {
    needs: { actions: "read", contents: "read", "security-events": "write" },
    source: "https://github.com/github/codeql-action#workflow-permissions",
  },
  "DavidAnson/markdownlint-cli2-action": {
    needs: NOTHING,
    source: "https://github.com/DavidAnson/markdownlint-cli2-action",
  },
  "superfly/flyctl-actions/setup-flyctl": {
    needs: NOTHING,
    source: "https://github.com/superfly/flyctl-actions/tree/master/setup-flyctl",
  },
  "aquasecurity/trivy-action": { needs: NOTHING, source: "https://github.com/aquasecurity/trivy-action" },
  // It is given a token of its own.
  "renovatebot/github-action": { needs: NOTHING, source: "https://github.com/renovatebot/github-action#token" },
  "corentinmusard/otel-cicd-action": {
    needs: { actions: "read", contents: "read" },
    source: "https://github.com/corentinmusard/otel-cicd-action#private-repository",
  },
};

/** A program of ours. */
export interface KnownProgram extends KnownPermissions {
  /** It asks for an identity of the run, for which it needs no token. @default false */
  readonly identifies?: true;
  /** Variable with which it needs nothing. @default - none */
  readonly without?: string;
}

/** By what the line of a script runs, where it gets the run's token. */
export const BY_PROGRAM: Readonly<Record<string, KnownProgram>> = {
  "scripts/train-sign.sh": {
    needs: { "id-token": "write" },
    identifies: true,
    // Signed by a key of ours, the signature says who signed without it.
    without: "COSIGN_PRIVATE_KEY",
    source: "https://docs.sigstore.dev/cosign/signing/overview/#identity-based-signing",
  },
  "scripts/release-tag.sh": {
    needs: { contents: "write" },
    source: "https://docs.github.com/en/rest/releases/releases#create-a-release",
  },
  "scripts/release-evidence.sh": {
    needs: { actions: "read" },
    source: "https://docs.github.com/en/rest/actions/artifacts#list-artifacts-for-a-repository",
  },
  "scripts/restore-postgres.sh": {
    needs: { actions: "read" },
    source: "https://docs.github.com/en/rest/actions/artifacts#download-an-artifact",
  },
  "scripts/train-freeze.sh": {
    needs: { contents: "write" },
    source: "https://docs.github.com/en/rest/git/refs#create-a-reference",
  },
  "scripts/main-is-green.sh": {
    needs: { actions: "read", contents: "read", "pull-requests": "write", statuses: "write" },
    source: "https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps",
  },
  "scripts/migrations-dry-runs.sh --look": {
    needs: { contents: "read", "pull-requests": "read", statuses: "write" },
    source: "https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps",
  },
  "scripts/migrations-dry-runs.sh --try": {
    needs: { contents: "read", statuses: "write" },
    source: "https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps",
  },
  "scripts/pr-summary.sh": {
    needs: { actions: "read", "pull-requests": "write" },
    source: "https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps",
  },
  "scripts/preview-ask.sh": {
    needs: { actions: "read", "pull-requests": "read" },
    source: "https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps",
  },
  "scripts/preview-image.sh": {
    needs: { packages: "write" },
    source:
      "https://docs.github.com/en/packages/working-with-a-github-packages-registry/working-with-the-container-registry",
  },
  "scripts/fly-preview.sh": {
    needs: { "pull-requests": "write" },
    source: "https://docs.github.com/en/rest/issues/comments#create-an-issue-comment",
  },
  "scripts/version-publish.sh": {
    needs: { contents: "write" },
    source: "https://docs.github.com/en/rest/releases/releases#create-a-release",
  },
  // Where its key is empty it signs as the workflow.
  "npx gatehouse audit run": {
    needs: { "id-token": "write" },
    identifies: true,
    source: "https://docs.sigstore.dev/certificate_authority/oidc-in-fulcio/#github",
  },
  "npx gatehouse comment": {
    needs: { "pull-requests": "write" },
    source: "https://docs.github.com/en/rest/issues/comments#create-an-issue-comment",
  },
  "npx gatehouse drift-issue": {
    needs: { issues: "write" },
    source: "https://docs.github.com/en/rest/issues/issues#create-an-issue",
  },
};
