import { type Command, InvalidArgumentError, Option } from "commander";
import { AUDITED_ACTS, LAST_PLACE, OUTCOMES } from "../declaration/audit-entry";
import { fleet } from "../services/fleet";
import { terminal } from "./console";
import type { Interruption } from "./interruption";

const KEYS = `
Entries are believed of whom audit.signers in services/organization.ts names, keys and workflows, and of the keys of --trust. GATEHOUSE_AUDIT_KEY is
the private key that append signs with, in PEM, where --key names no file; without a key, the run of a workflow that may ask for its identity
(id-token: write) signs as this workflow, by Sigstore, in whose public log the workflow, its repository and commit are then to be read, and of the entry its
digest. What workflows signed is judged by Sigstore's trusted root, which is asked for where it is not at hand, and kept. A trail in a bucket is reached with
GATEHOUSE_AUDIT_ACCESS_KEY_ID and GATEHOUSE_AUDIT_SECRET_ACCESS_KEY.`;

/** The verbs on the trail of deploys and privileged acts. Loaded when they are used, as all verbs are. */
export function addAuditVerbs(gatehouse: Command, interruption: Interruption): void {
  const run = () => ({ root: process.cwd(), environment: process.env, signal: interruption.signal });
  const audit = gatehouse
    .command("audit")
    .description("the trail of deploys and privileged acts: who, what, why and when, chained and signed");
  const verb = (name: string, description: string) =>
    audit
      .command(name)
      .description(description)
      .option(
        "--trail <directory>",
        "directory of the trail (default: where it is declared to be, or .gatehouse/audit)",
      )
      .option("--trust <file...>", "public keys in PEM to verify with, beside the declared ones", [])
      .option("--trusted-root <file>", "Sigstore's trusted_root.json, with which what workflows signed is judged")
      .option("--witness <file>", "what was seen of the trail before, kept away from it; brought up to date")
      .addHelpText("after", KEYS);
  const act = (name: string, description: string) =>
    verb(name, description)
      .addOption(new Option("--act <act>", "what it is").choices(AUDITED_ACTS))
      .option("--actor <login>", "who did it (default: GITHUB_ACTOR)")
      .option("--reason <text>", "why; asked for in production, and of every rollback, break-glass and waiver")
      .option("--stack <name...>", "stacks that it was about", [])
      .option("--plan <file...>", "plans that were applied; their digests are kept", [])
      .option("--commit <sha>", "of which commit (default: GITHUB_SHA)")
      .option("--artifact <digest>", "what was deployed: sha256:…")
      .option("--waiver <name...>", "waivers that were used", [])
      .option("--key <file>", "private key to sign with: ed25519, in PEM")
      .option("--accept-clock", "go on although this clock is behind the newest entry, which was wrong", false);
  act("append", "write down an act; of one that takes a while, before it (--outcome pending) and after it (--of)")
    .addOption(new Option("--outcome <outcome>", "how it ended").choices(OUTCOMES).default("succeeded"))
    .option("--of <entry>", "the entry that was written before the act", place)
    .option("--json", "print what a witness keeps", false)
    .action(async (options) => {
      const { auditAppend } = require("./audit-append") as typeof import("./audit-append");
      process.exitCode = await auditAppend(fleet, { ...options, ...run() }, terminal);
    });
  act(
    "run",
    "write down an act, run the command that does it, and write down how it ended; its exit code is the command's",
  )
    .option(
      "--policies",
      "judge what Gatehouse makes first: what a policy blocks is not run, and used waivers are written down",
      false,
    )
    .argument("<command...>", "behind --: the command")
    .action(async (command: readonly string[], options) => {
      // They share the terminal, and the command's end is to be written down.
      interruption.ignore();
      const { auditAround } = require("./audit-around") as typeof import("./audit-around");
      process.exitCode = await auditAround(fleet, { ...options, ...run(), command }, terminal);
    });
  verb("verify", "find entries that were changed, removed, reordered, duplicated or cut off; exit code 2 on any")
    .option("--json", "print the result as JSON", false)
    .action(async (options) => {
      const { auditVerify } = require("./audit-verify") as typeof import("./audit-verify");
      process.exitCode = await auditVerify(fleet, { ...options, ...run() }, terminal);
    });
  verb("export", "print the entries that are as they were written, one a line; exit code 2 where others are not")
    .addOption(
      new Option("--format <format>", "JSON, or a table for a spreadsheet").choices(["jsonl", "csv"]).default("jsonl"),
    )
    .action(async (options) => {
      const { auditExport } = require("./audit-export") as typeof import("./audit-export");
      process.exitCode = await auditExport(fleet, { ...options, ...run() }, terminal);
    });
}

function place(text: string): number {
  const number = Number(text);
  if (!/^\d{1,12}$/.test(text) || number < 1 || number > LAST_PLACE)
    throw new InvalidArgumentError("expected the number of an entry, from 1");
  return number;
}
