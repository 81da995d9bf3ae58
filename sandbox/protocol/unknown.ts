/**
 * A value that is known only after the apply. Terraform may say something about it beforehand (not null, a prefix):
 * those refinements are carried along unread.
 */
export class Unknown {
  public constructor(public readonly refinement?: Uint8Array) {}

  /** What an unknown looks like where somebody prints it. */
  public toJSON(): string {
    return "(known after apply)";
  }
}

export const UNKNOWN = new Unknown();

export function isUnknown(value: unknown): value is Unknown {
  return value instanceof Unknown;
}

/** Whether a value is unknown or has an unknown anywhere inside. */
export function hasUnknown(value: unknown): boolean {
  if (isUnknown(value)) {
    return true;
  }
  return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}
