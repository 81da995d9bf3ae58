import type { KubernetesCluster } from "../../declaration/clusters";
import type { Organization } from "../../declaration/organization";
import { reached } from "../../declaration/phase";
import type { Service } from "../../declaration/service";
import { ACTIONS_ISSUER, trainIdentity } from "../../workflows/cluster/signing-functions";
import type { ServiceValues } from "./service-values";

/**
 * Whose signatures the admission controller asks for. The same as the release train verifies; undefined where the cluster has no admission
 * controller, or the service doesn't sign yet.
 */
export function verificationValues(
  service: Service,
  organization: Pick<Organization, "github">,
  { admission }: Pick<KubernetesCluster, "admission">,
): ServiceValues["verification"] {
  const signing = service.cluster?.signing;
  if (signing === undefined || admission === undefined || !reached(service, "signing")) return undefined;
  if (signing.kind === "key") return { kind: "key", publicKey: signing.publicKey };
  return { kind: "keyless", issuer: ACTIONS_ISSUER, subject: trainIdentity(service, organization) };
}
