import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { AuditEntry, AuditedAct, AuditRecord, Outcome } from "../declaration/audit-entry";
import type { Fleet } from "../declaration/fleet";
import { declaredStacks } from "./audit-stacks";
import { Failure, messageOf } from "./failure";
import { redacted } from "./redact";

/** What somebody says of an act, on the command line or by the environment of a run. */
export interface Said {
  /** Undefined only of an end. */
  readonly act?: AuditedAct | undefined;
  readonly outcome: Outcome;
  /** @default - GITHUB_ACTOR */
  readonly actor?: string | undefined;
  readonly reason?: string | undefined;
  /** @default - GITHUB_SHA */
  readonly commit?: string | undefined;
  readonly artifact?: string | undefined;
  /** Names of stacks. */
  readonly stack: readonly string[];
  /** Files of plans. */
  readonly plan: readonly string[];
  readonly waiver: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The record of an act. One that has ended is what it was when it began, as far as nothing else is said.
 *
 * @param pending the entry that was written before the act
 * @throws Failure when something of it is not there, or must not be kept for ever
 */
export async function recordOfAct(
  fleet: Fleet,
  said: Said,
  environment: Environment,
  pending: AuditEntry | undefined,
): Promise<AuditRecord> {
  const stacks = declaredStacks(fleet, said.stack);
  const plans = await Promise.all(said.plan.map(digestOfFile));
  const reason = said.reason ?? pending?.reason;
  const commit = said.commit ?? pending?.commit ?? filled(environment.GITHUB_SHA);
  const artifact = said.artifact ?? pending?.artifact;
  const run = runOf(environment);
  const record: AuditRecord = {
    act: actOf(said, pending),
    outcome: said.outcome,
    ...(pending !== undefined && { endOf: pending.sequence }),
    actor: actorOf(said, environment),
    ...(run !== undefined && { run }),
    ...(reason !== undefined && { reason }),
    stacks: stacks.length > 0 ? stacks : (pending?.stacks ?? []),
    plans: plans.length > 0 ? plans : (pending?.plans ?? []),
    ...(commit !== undefined && { commit }),
    ...(artifact !== undefined && { artifact }),
    waivers: said.waiver.length > 0 ? said.waiver : (pending?.waivers ?? []),
  };
  refuseCredentials(record, environment);
  return record;
}

function actOf({ act }: Said, pending: AuditEntry | undefined): AuditedAct {
  if (pending === undefined) {
    if (act === undefined) throw new Failure("expected --act <act>, or --of <entry> when it ends an act that began");
    return act;
  }
  if (act !== undefined && act !== pending.act)
    throw new Failure(
      `entry ${pending.sequence} is of the act ${pending.act}, which can't end as ${act}\nleave --act out`,
    );
  if (pending.outcome !== "pending")
    throw new Failure(`entry ${pending.sequence} says already how its act ended: it ${pending.outcome}`);
  return pending.act;
}

function actorOf({ actor }: Said, { GITHUB_ACTOR }: Environment): string {
  const name = actor ?? filled(GITHUB_ACTOR);
  if (name === undefined)
    throw new Failure("nobody says who did it\ngive --actor <login>; in a workflow, GITHUB_ACTOR says it");
  return name;
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
function runOf(environment: Environment): string | undefined {
  const {
    GITHUB_SERVER_URL: server,
    GITHUB_REPOSITORY: repository,
    GITHUB_RUN_ID: run,
    GITHUB_RUN_ATTEMPT: attempt,
  } = environment;
  if (!server || !repository || !run) return undefined;
  return `${server}/${repository}/actions/runs/${run}${attempt ? `/attempts/${attempt}` : ""}`;
}

/** A variable that is set to nothing says nothing. */
function filled(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

async function digestOfFile(file: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(file), hash);
  } catch (error) {
    throw new Failure(`the plan ${file} can't be read: ${messageOf(error)}\nnothing was appended`);
  }
  return `sha256:${hash.digest("hex")}`;
}

/** What is in the trail can't be taken out of it. */
function refuseCredentials(record: AuditRecord, environment: Environment): void {
  for (const [property, value] of Object.entries(record)) {
    const text = JSON.stringify(value);
    if (redacted(text, environment) !== text)
      throw new Failure(
        `nothing was appended: "${property}" holds the value of an environment variable that is a credential\nsay it without: an entry can't be taken back`,
      );
  }
}
