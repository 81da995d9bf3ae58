/** Something that could not be done, said for the person who asked for it. Printed without a stack trace; exit code 1. */
export class Failure extends Error {
  override readonly name = "Failure";
}

/** What any thrown thing says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export const EXIT = { fine: 0, failed: 1, found: 2, interrupted: 130 } as const;
