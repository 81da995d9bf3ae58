import { resolve } from "node:path";
import { AuditTrail } from "../declaration/audit-trail";
import type { Fleet } from "../declaration/fleet";
import { DeclarationError } from "../declaration/problem";
import { checkShape } from "../declaration/shape";
import { AuditDirectory } from "./audit-directory";
import type { AuditStore } from "./audit-store";

/** What the verbs on the trail have in common. */
export interface AuditOptions {
  /** Directory, in place of the declared one. */
  readonly trail?: string | undefined;
  /** Files with public keys to verify with, beside the declared ones. */
  readonly trust: readonly string[];
  /** File with what somebody has seen of the trail before. */
  readonly witness?: string | undefined;
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

/** Where nothing else is declared. */
const DEFAULT_DIRECTORY = ".gatehouse/audit";

export function auditStore(declared: AuditTrail | undefined, { trail, root }: AuditOptions): AuditStore {
  return new AuditDirectory(resolve(root, trail ?? declared?.directory ?? DEFAULT_DIRECTORY));
}

/**
 * What is declared of the trail. Nothing else needs to be right: a mistake in a service must not keep anybody from writing down what happened.
 * @throws DeclarationError
 */
export function declaredTrail({ organization }: Fleet): AuditTrail | undefined {
  const { audit } = organization;
  const { problems } = checkShape("organization", AuditTrail.optional(), audit);
  if (problems.length > 0)
    throw new DeclarationError(
      problems.map((problem) => ({ ...problem, path: ["audit", problem.path].filter(Boolean).join(".") })),
    );
  return audit;
}
