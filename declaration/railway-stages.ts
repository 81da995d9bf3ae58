import type { Railway } from "./railway";

/** The stages that a release goes to, in order. */
export function railwayStages(railway: Pick<Railway, "rehearsal" | "stage">): readonly string[] {
  return railway.rehearsal === undefined ? [railway.stage] : [railway.rehearsal, railway.stage];
}
