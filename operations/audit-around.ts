import type { Fleet } from "../declaration/fleet";
import { verdictOf } from "../policies/report";
import { waiverUses } from "../policies/waiver-use";
import { type AuditAppendOptions, said } from "./audit-append";
import { declaredTrail } from "./audit-run";
import { AuditWriter } from "./audit-writer";
import { type Clock, systemClock } from "./clock";
import { runCommand } from "./command-run";
import { type Console, mark } from "./console";
import { EXIT, Failure } from "./failure";
import { judge } from "./policy";
import { printPolicy } from "./policy-report";

export interface AuditAroundOptions extends Omit<AuditAppendOptions, "json" | "of" | "outcome"> {
  /** The command and its arguments. */
  readonly command: readonly string[];
  /** Judge what Gatehouse makes first: what a policy blocks is not done, and the waivers without which one would are written down. @default false */
  readonly policies?: boolean | undefined;
}

/**
 * `gatehouse audit run`: writes an act down, runs the command that does it, and writes down how it ended. What can't be written down is not done. Where
 * no trail is declared or named, the command is run all the same, and that is said. With `policies`, what one blocks is not done either.
 *
 * @returns the command's exit code; 1 when it was done and its end could not be written down
 */
export async function auditAround(
  fleet: Fleet,
  options: AuditAroundOptions,
  console: Console,
  clock: Pick<Clock, "now" | "random"> = systemClock,
): Promise<number> {
  const [command, ...args] = options.command;
  if (command === undefined)
    throw new Failure("nothing to run\ngive the command behind --: npx gatehouse audit run … -- <command>");
  const { root: cwd, environment } = options;
  const used = options.policies === true ? await usedWaivers(fleet, options, console, clock) : [];
  const act = { ...options, waiver: [...new Set([...options.waiver, ...used])] };
  const run = () => runCommand(command, args, { cwd, environment: withoutKeys(environment) });
  if (options.trail === undefined && declaredTrail(fleet) === undefined) {
    console.progress(
      `${mark.skipped} no audit trail is declared (audit in services/organization.ts): this act is written down nowhere`,
    );
    return run();
  }
  const writer = await AuditWriter.open(fleet, options, clock);
  const began = await writer.write({ ...act, outcome: "pending" }, options.signal);
  console.progress(said(began));
  const code = await codeOf(run, console);
  const of = began.entry.sequence;
  // Of the act, all is said in its beginning.
  const end = {
    ...act,
    act: undefined,
    of,
    outcome: code === EXIT.fine ? ("succeeded" as const) : ("failed" as const),
  };
  try {
    // Who has interrupted it must still find its end.
    console.progress(said(await writer.write(end, undefined)));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(
      `the command ended with ${code}, and that could not be written down: ${error.message}\nappend it when the trail can be reached: npx gatehouse audit append --of ${of} --outcome ${end.outcome}`,
    );
  }
  return code;
}

/** @throws Failure when a policy blocks something, or has no answer */
async function usedWaivers(
  fleet: Fleet,
  { root, environment, signal }: AuditAroundOptions,
  console: Console,
  clock: Pick<Clock, "now">,
): Promise<readonly string[]> {
  const { report } = await judge(fleet, { files: [], root, environment, signal }, clock);
  if (verdictOf(report) !== "fine") {
    printPolicy(report, console);
    throw new Failure(
      "the policies do not let this pass, so nothing was run\nrepair what they found, or have it waived by somebody else: npx gatehouse waiver add",
    );
  }
  return waiverUses(report.waived).map(({ waiver }) => waiver);
}

/** A command that could not be started has failed, which is written down before it is said. */
async function codeOf(run: () => Promise<number>, console: Console): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.progress(error.message);
    return EXIT.failed;
  }
}

/** What signs entries, and writes them, is not the command's business; nor is it to ask for this run's identity, and sign as the workflow. */
function withoutKeys(environment: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^(?:GATEHOUSE_AUDIT_|ACTIONS_ID_TOKEN_REQUEST_)/.test(name)),
  );
}
