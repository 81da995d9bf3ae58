/** Where a plugin that is already running listens. */
export interface RunningPlugin {
  /** The provider's source address, such as `integrations/github`. */
  readonly source: string;
  readonly address: string;
}

/**
 * The value of `TF_REATTACH_PROVIDERS`. Terraform installs nothing for these providers, and joins them instead of
 * starting them. `Test` keeps it from stopping them. Source: internal/command/init.go and
 * docs/plugin-protocol in github.com/hashicorp/terraform.
 */
export function reattach(plugins: readonly RunningPlugin[], pid: number): string {
  const entries = plugins.map(({ source, address }) => [
    source,
    { Protocol: "grpc", ProtocolVersion: 6, Pid: pid, Test: true, Addr: { Network: "tcp", String: address } },
  ]);
  return JSON.stringify(Object.fromEntries(entries));
}
