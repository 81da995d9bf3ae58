import { isIP } from "node:net";
import type { AttributePath } from "../../protocol/attribute-path";
import type { Inspection } from "../inspection";
import { bothTypes, type KindRule } from "./kind-rule";

interface Port {
  readonly port: string | null;
  readonly end_port: number | null;
}

type Peer = Readonly<Record<"ip_block" | "namespace_selector" | "pod_selector", readonly unknown[] | null>>;

/** IsValidPortName: an IANA service name. */
const PORT_NAME = /^(?=.{1,15}$)(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

function isPortNumber(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}

function checkPort(config: Inspection, path: AttributePath, { port, end_port }: Port): void {
  const isNumber = /^\d+$/.test(String(port));
  if (typeof port === "string" && !(isNumber ? isPortNumber(Number(port)) : PORT_NAME.test(port))) {
    config.refuse([...path, "port"], port, "a port from 1 to 65535, or a port's name", "Correct it.");
  }
  if (typeof end_port !== "number" || end_port === 0) {
    return;
  }
  if (!isNumber || !isPortNumber(end_port) || end_port < Number(port)) {
    config.refuse([...path, "end_port"], end_port, "a port from `port`, which is a number, to 65535", "Correct it.");
  }
}

function checkPeer(config: Inspection, path: AttributePath, peer: Peer): void {
  const given = Object.entries(peer).filter(([, blocks]) => Array.isArray(blocks) && blocks.length > 0);
  const names = given.map(([name]) => name);
  if (names.length === 0) {
    config.refuse(path, peer, "ip_block, or a selector", "Say who is meant; leave the peer out to mean everybody.");
  } else if (names.length > 1 && names.includes("ip_block")) {
    config.refuse(path, names, "ip_block alone", "Make two peers of it.");
  }
}

function isCidr(text: string): boolean {
  const [address = "", length = ""] = text.split("/");
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return /^(0|[1-9]\d{0,2})$/.test(length) && Number(length) <= bits;
}

function checkCidrs(config: Inspection, block: string): void {
  for (const { path, value } of [...config.all(`${block}.cidr`), ...config.elements(`${block}.except`)]) {
    if (!isCidr(String(value))) {
      config.refuse(
        path,
        value,
        'a block of addresses such as "10.0.0.0/8"',
        "Write address and length of the prefix.",
      );
    }
  }
}

function checkSelector(config: Inspection, path: string): void {
  config.oneOf(`${path}.match_expressions.operator`, ["In", "NotIn", "Exists", "DoesNotExist"]);
}

/**
 * Source: kubernetes/resource_kubernetes_network_policy_v1.go at v2.38.0 of hashicorp's provider; what the API server refuses,
 * pkg/apis/networking/validation/validation.go of github.com/kubernetes/kubernetes v1.33.4.
 */
export const networkPolicy: KindRule = {
  types: bothTypes("network_policy"),
  defaults: { "spec.ingress.ports.protocol": "TCP", "spec.egress.ports.protocol": "TCP" },
  check: (config) => {
    for (const { path, value } of config.all("spec.policy_types")) {
      const types = value as readonly unknown[];
      if (types.length < 1 || types.length > 2 || !types.every((type) => type === "Ingress" || type === "Egress")) {
        config.refuse(path, types, "Ingress, Egress, or both", "Say which connections the policy is about.");
      }
    }
    checkSelector(config, "spec.pod_selector");
    for (const [direction, peers] of [
      ["ingress", "from"],
      ["egress", "to"],
    ] as const) {
      const rule = `spec.${direction}`;
      config.oneOf(`${rule}.ports.protocol`, ["TCP", "UDP", "SCTP"]);
      for (const { path, value } of config.elements(`${rule}.ports`)) {
        checkPort(config, path, value as Port);
      }
      for (const { path, value } of config.elements(`${rule}.${peers}`)) {
        checkPeer(config, path, value as Peer);
      }
      checkCidrs(config, `${rule}.${peers}.ip_block`);
      checkSelector(config, `${rule}.${peers}.namespace_selector`);
      checkSelector(config, `${rule}.${peers}.pod_selector`);
    }
  },
};
