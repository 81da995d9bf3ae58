import type { ResourceRule } from "./rule";

/**
 * Attributes that must not be shown, of types that have no rule of their own; `*.` stands for any place in the type.
 * Source: `Sensitive: true` in github/resource_github_*.go at v6.9.0 of
 * github.com/integrations/terraform-provider-github, and in internal/services/<name>/schema.go at v5.14.0 of
 * github.com/cloudflare/terraform-provider-cloudflare.
 */
const SEALED = ["encrypted_value", "plaintext_value"];
const BINDING = ["*.text", "*.key_base64", "*.key_jwk", "*.jwt"];

const SENSITIVE: Readonly<Record<string, readonly string[]>> = {
  github_actions_organization_secret: SEALED,
  github_actions_secret: SEALED,
  github_codespaces_organization_secret: SEALED,
  github_codespaces_secret: SEALED,
  github_codespaces_user_secret: SEALED,
  github_dependabot_organization_secret: SEALED,
  github_dependabot_secret: SEALED,
  cloudflare_account_token: ["value"],
  cloudflare_api_token: ["value"],
  cloudflare_authenticated_origin_pulls: ["private_key"],
  cloudflare_authenticated_origin_pulls_certificate: ["private_key"],
  cloudflare_calls_sfu_app: ["secret"],
  cloudflare_calls_turn_app: ["key"],
  cloudflare_custom_hostname: ["*.custom_key"],
  cloudflare_custom_ssl: ["private_key"],
  cloudflare_dns_zone_transfers_tsig: ["secret"],
  cloudflare_hyperdrive_config: ["*.password", "*.access_client_secret"],
  cloudflare_logpush_job: ["ownership_challenge"],
  cloudflare_magic_transit_connector: ["license_key"],
  cloudflare_magic_wan_ipsec_tunnel: ["psk"],
  cloudflare_mtls_certificate: ["private_key"],
  cloudflare_notification_policy_webhooks: ["secret"],
  cloudflare_pages_project: ["*.web_analytics_token", "*.env_vars.value"],
  cloudflare_r2_bucket_sippy: ["*.secret_access_key", "*.private_key"],
  cloudflare_stream_key: ["jwk", "pem"],
  cloudflare_stream_live_input: ["*.stream_key", "*.url", "*.passphrase"],
  cloudflare_turnstile_widget: ["secret"],
  cloudflare_worker_version: BINDING,
  cloudflare_workers_script: BINDING,
  cloudflare_zero_trust_access_application: ["*.password", "*.token", "*.client_secret"],
  cloudflare_zero_trust_access_identity_provider: ["*.client_secret", "*.secret"],
  cloudflare_zero_trust_access_service_token: ["client_secret"],
  cloudflare_zero_trust_device_posture_integration: ["*.client_secret", "*.access_client_secret"],
  cloudflare_zero_trust_tunnel_cloudflared: ["tunnel_secret"],
  cloudflare_zero_trust_tunnel_warp_connector: ["tunnel_secret"],
};

/** The rule of a type of which only its secrets are known, or nothing is. */
export function sensitiveOnly(type: string): ResourceRule {
  const sensitive = SENSITIVE[type];
  return sensitive === undefined ? { type } : { type, sensitive };
}

/** Whether an attribute's dotted path is one of a rule's. */
export function isSensitive(rule: ResourceRule, path: string): boolean {
  const { sensitive } = rule;
  return (
    sensitive?.some((each) => (each.startsWith("*.") ? `.${path}`.endsWith(each.slice(1)) : each === path)) === true
  );
}

/** All types in the table, for the test that holds them against the schemas. */
export function typesWithSecrets(): readonly string[] {
  return Object.keys(SENSITIVE);
}
