import { z } from "zod";
import { Ci } from "./ci";
import { Edge, Release } from "./edge";
import { Owners, Responsibilities } from "./owners";
import { Checklist, Flakes, Labels, OnCall, Runbooks } from "./people";
import { ProtectedMain } from "./protected-main";
import { Repository } from "./repository";
import { Settings } from "./settings";
import { Stages } from "./stages";
import { slug, text } from "./values";

/** Everything that says how one service ships. */
export const Service = z.strictObject({
  /** Name of the service and of its repository. */
  name: slug("the service's name"),
  description: text("what the service is"),
  owners: Owners,
  responsibilities: Responsibilities,
  repository: Repository,
  main: ProtectedMain,
  ci: Ci,
  stages: Stages,
  settings: Settings,
  /** @default - nothing of the service runs on Cloudflare */
  edge: Edge.optional(),
  /** @default - Gatehouse writes no release workflow */
  release: Release.optional(),
  labels: Labels,
  flakes: Flakes,
  onCall: OnCall,
  runbooks: Runbooks,
  pullRequestChecklist: Checklist,
});
export type Service = z.infer<typeof Service>;
