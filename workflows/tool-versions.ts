/**
 * Tools that workflows run, at exact versions. Python and Node.js are versions that the runner image can install
 * (https://github.com/actions/python-versions and https://github.com/actions/node-versions, versions-manifest.json).
 */
export const TOOLS = {
  /** Label of the runner; `ubuntu-latest` would change under the workflows. */
  runner: "ubuntu-24.04",
  python: "3.13.15",
  node: "24.18.0",
  /** v0.69.4 to v0.69.6 were malicious (GHSA-69fq-xp46-6x23); v0.70.0 is the first release after them. */
  trivy: "v0.70.0",
  /** https://github.com/superfly/flyctl/releases */
  flyctl: "0.4.87",
  /** Tag and digest of ghcr.io/renovatebot/renovate, as its own authors pin it: .github/workflows/build.yml of renovatebot/github-action. */
  renovate: "44.39.2@sha256:e6b93e709ca64495ab9307350b260064276ee02d15c6886387fd2d42c926623b",
} as const;
