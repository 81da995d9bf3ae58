import { z } from "zod";
import { Alerts } from "./alerts";
import { Ci } from "./ci";
import { Cluster } from "./cluster";
import { Dashboard } from "./dashboard";
import { Dependencies } from "./dependencies";
import { Edge, Release } from "./edge";
import { Flags } from "./flags";
import { Fly } from "./fly";
import { Objectives } from "./objectives";
import { Owners, Responsibilities } from "./owners";
import { Checklist, Flakes, Labels, OnCall, Runbooks } from "./people";
import { Phase } from "./phase";
import { Postgres } from "./postgres";
import { ProtectedMain } from "./protected-main";
import { Railway } from "./railway";
import { Repository } from "./repository";
import { SecretRotation } from "./secret-rotation";
import { Settings } from "./settings";
import { Stages } from "./stages";
import { Telemetry } from "./telemetry";
import { slug, text } from "./values";

/** Everything that says how one service ships. */
export const Service = z.strictObject({
  /** Name of the service and of its repository. */
  name: slug("the service's name"),
  description: text("what the service is"),
  /**
   * How far the governance bundle is rolled out: what a later phase brings is declared, and off. @default - all of it is on
   */
  phase: Phase.optional(),
  owners: Owners,
  responsibilities: Responsibilities,
  repository: Repository,
  main: ProtectedMain,
  ci: Ci,
  stages: Stages,
  settings: Settings,
  /** @default - a secret is renewed as often as it says itself */
  secretRotation: SecretRotation.optional(),
  /** @default - nothing of the service runs on Cloudflare */
  edge: Edge.optional(),
  /** @default - Gatehouse writes no release workflow */
  release: Release.optional(),
  /** Feature flags, for what runs in a cluster or at the edge. @default - it has none */
  flags: Flags.optional(),
  /** How the service is deployed to Railway. @default - it is not */
  railway: Railway.optional(),
  /** How the service is deployed to Fly.io. @default - it is not */
  fly: Fly.optional(),
  /** How the service runs in Kubernetes. @default - it does not */
  cluster: Cluster.optional(),
  /** Dumps of a Postgres database, and the drill that restores them. @default - none */
  postgres: Postgres.optional(),
  /** @default - nothing is known of the service's metrics */
  telemetry: Telemetry.optional(),
  /** Pull requests for new versions of what it is made of. @default - none are opened */
  dependencies: Dependencies.optional(),
  /** Promises by name. @default - none */
  objectives: Objectives.optional(),
  /** Alerts by threshold. @default - those that follow from objectives only */
  alerts: Alerts.optional(),
  /** @default - no dashboard */
  dashboard: Dashboard.optional(),
  labels: Labels,
  flakes: Flakes,
  onCall: OnCall,
  runbooks: Runbooks,
  pullRequestChecklist: Checklist,
});
export type Service = z.infer<typeof Service>;
