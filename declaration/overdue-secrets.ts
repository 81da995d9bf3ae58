import type { ServiceEntry } from "./fleet";

/** A sealed value that should have been renewed. */
export interface OverdueSecret {
  readonly service: string;
  readonly environment: string;
  readonly key: string;
  /** Role that answers for the value. */
  readonly owner: string;
  /** When it was due, e.g. `2026-11-21T09:30:00Z`. */
  readonly rotateBy: string;
}

/**
 * Sealed values whose rotation is overdue, the longest overdue first.
 * @param now the time to compare with, in the same form as `rotateBy`: UTC, to the second
 */
export function overdueSecrets({ service, sealed }: ServiceEntry, now: string): readonly OverdueSecret[] {
  return Object.entries(sealed)
    .flatMap(([environment, values]) =>
      Object.entries(values).map(([key, { owner, rotateBy }]) => ({
        service: service.name,
        environment,
        key,
        owner,
        rotateBy,
      })),
    )
    .filter(({ rotateBy }) => rotateBy < now)
    .sort((a, b) => (a.rotateBy < b.rotateBy ? -1 : 1));
}
