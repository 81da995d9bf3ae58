import type { ReleaseConfig } from "@cdktf/provider-helm/lib/release";

/**
 * What every release has. Source of what each does: helm/resource_helm_release.go at v3.1.1 of github.com/hashicorp/terraform-provider-helm.
 * Defaults that matter are written down too: who reads the plan sees them, and a newer plugin can't change them.
 */
export const RELEASE_SAFETY = {
  /** Takes back what failed. Without it a first installation that failed is known to Helm and not to Terraform, and can't be repeated. */
  atomic: true,
  /** What a failed upgrade has made new is removed. */
  cleanupOnFail: true,
  wait: true,
  /** Hooks and jobs end before the release is called deployed. */
  waitForJobs: true,
  /** Revisions that a rollback can go back to. 0, the plugin's default, keeps all for ever. */
  maxHistory: 10,
  /** A release that somebody else made is refused, not taken over. */
  upgradeInstall: false,
  takeOwnership: false,
  replace: false,
  /** The namespace has policies and a quota before anything runs in it: it is made for itself. */
  createNamespace: false,
  /** Nothing is fetched that no version pins. */
  dependencyUpdate: false,
  /** Manifests are checked against the API server's schemas, and hooks run. */
  disableOpenapiValidation: false,
  disableWebhooks: false,
  /** Objects are changed, never deleted and made again. */
  forceUpdate: false,
  recreatePods: false,
  /** Values are what the configuration says, whatever the release before had. */
  resetValues: true,
  reuseValues: false,
} as const satisfies Partial<ReleaseConfig>;
