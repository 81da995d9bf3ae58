import { dayOf } from "../declaration/calendar-day";
import type { Fleet } from "../declaration/fleet";
import type { BrokenRule, PolicyFinding, PolicyReport } from "../policies/report";
import { verdictOf } from "../policies/report";
import { levelOf } from "../policies/rule";
import { applyWaivers, type Judged, type StandingWaiver } from "../policies/waivers-applied";
import { type Clock, systemClock } from "./clock";
import { type Console, counted, mark } from "./console";
import { Declarations } from "./declared-at";
import { EXIT } from "./failure";
import { POLICIES, type PolicyBundle, readBundle } from "./policy-bundle";
import { givenDocuments, madeDocuments, type ReadDocuments } from "./policy-documents";
import { PolicyEngine } from "./policy-engine";
import { policyJson } from "./policy-json";
import { policyJunit } from "./policy-junit";
import { manifestDocuments } from "./policy-manifests";
import { policyMarkdown, printPolicy } from "./policy-report";
import { policySarif } from "./policy-sarif";
import { readWaivers } from "./waivers-read";

export type PolicyFormat = "text" | "json" | "junit" | "sarif" | "markdown";

/** What is judged, and by what. */
export interface JudgeOptions {
  /** @default - every service; of files that are given, nobody */
  readonly service?: string | undefined;
  /** @default - every stage */
  readonly stage?: string | undefined;
  /** Files to judge, `-` for standard input. Empty, and no plans: what Gatehouse makes of the declarations. */
  readonly files: readonly string[];
  /** Files to judge that must be plans. @default - none */
  readonly plans?: readonly string[] | undefined;
  /** Judge also what Helm makes of the chart, where no files are given. @default false */
  readonly manifests?: boolean | undefined;
  /** The directory that has `services/`. */
  readonly root: string;
  /** Directory of the rules. @default - Gatehouse's own */
  readonly policies?: string | undefined;
  /** After so long a rule is cut off. Milliseconds. @default 10000 */
  readonly deadline?: number | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

export interface PolicyOptions extends JudgeOptions {
  readonly format: PolicyFormat;
}

/**
 * `gatehouse policy`: judges synthesized stacks and rendered files, or files that are given, by the rules of `policies/`. Exit code 0 when none that
 * blocks finds anything that no waiver lets pass, 2 when one does or a waiver is at fault, 1 when a rule has no answer or a document can't be read: the
 * findings of all others are shown all the same.
 */
export async function policy(
  fleet: Fleet,
  options: PolicyOptions,
  console: Console,
  clock: Pick<Clock, "now"> = systemClock,
): Promise<number> {
  const { report } = await judge(fleet, options, clock);
  print(report, options.format, console);
  const verdict = verdictOf(report);
  return verdict === "unknown" ? EXIT.failed : verdict === "breached" ? EXIT.found : EXIT.fine;
}

/** Judges documents, and holds the waivers against what is found. */
export async function judge(
  fleet: Fleet,
  options: JudgeOptions,
  clock: Pick<Clock, "now">,
): Promise<{ readonly report: PolicyReport; readonly standing: readonly StandingWaiver[] }> {
  const bundle = await readBundle(options.policies ?? POLICIES);
  const { documents, unreadable } = await read(fleet, options);
  const { findings, broken } = await judged(bundle, documents, options);
  const context = { rules: bundle.rules.map(({ name }) => name), today: dayOf(clock.now()) };
  const { remaining, waived, faults, standing } = applyWaivers(
    { findings, documents, broken, all: whole(options, unreadable) },
    await readWaivers(options.root),
    context,
  );
  const rest = { rules: bundle.rules, documents: documents.length, broken, unreadable };
  return { report: { findings: remaining, waived, faults, ...rest }, standing };
}

/** What is judged as a whole: what is not among it then, is not made. */
function whole(options: JudgeOptions, unreadable: ReadDocuments["unreadable"]): Judged["all"] {
  const isChosen = options.service !== undefined || options.stage !== undefined;
  if (isChosen || isGiven(options)) return "nothing";
  return options.manifests === true && unreadable.length === 0 ? "stacks, files and releases" : "stacks and files";
}

function isGiven({ files, plans = [] }: JudgeOptions): boolean {
  return files.length + plans.length > 0;
}

async function read(fleet: Fleet, options: JudgeOptions): Promise<ReadDocuments> {
  if (isGiven(options)) return givenDocuments(fleet, options, options);
  const made = await madeDocuments(fleet, options, options.environment);
  if (options.manifests !== true) return made;
  const manifests = await manifestDocuments(fleet, options, options);
  return {
    documents: [...made.documents, ...manifests.documents],
    unreadable: [...made.unreadable, ...manifests.unreadable],
  };
}

async function judged(
  bundle: PolicyBundle,
  documents: ReadDocuments["documents"],
  { root, deadline, signal }: Pick<JudgeOptions, "root" | "deadline" | "signal">,
): Promise<Pick<PolicyReport, "findings" | "broken">> {
  const findings: PolicyFinding[] = [];
  const broken: BrokenRule[] = [];
  const declarations = new Declarations(root);
  const engine = new PolicyEngine({ ...bundle, deadline });
  try {
    for (const { json, ...document } of documents) {
      signal?.throwIfAborted();
      for (const answer of await engine.judge(document.name, json)) {
        const { rule } = answer;
        if ("broken" in answer) broken.push({ rule, document: document.name, why: answer.broken });
        else
          for (const finding of answer.findings) {
            const declaredAt = declarations.of(document, finding.address);
            findings.push({ ...finding, rule, level: levelOf(rule, document), document, declaredAt });
          }
      }
    }
  } finally {
    await engine.stop();
  }
  return { findings, broken };
}

function print(report: PolicyReport, format: PolicyFormat, console: Console): void {
  if (format === "json") console.print(JSON.stringify(policyJson(report), undefined, 2));
  else if (format === "sarif") console.print(JSON.stringify(policySarif(report), undefined, 2));
  else if (format === "junit") console.print(policyJunit(report).trimEnd());
  else if (format === "markdown") console.print(policyMarkdown(report).trimEnd());
  else {
    printPolicy(report, console);
    const blocking = report.findings.filter(({ level }) => level === "blocking").length;
    const symbol = { fine: mark.ok, breached: mark.drift, unknown: mark.failed }[verdictOf(report)];
    const found = [
      counted(blocking, "blocking finding"),
      `${report.findings.length - blocking} advisory`,
      ...(report.waived.length > 0 ? [`${report.waived.length} waived`] : []),
      ...(report.faults.length > 0 ? [`${counted(report.faults.length, "fault")} of waivers`] : []),
    ].join(", ");
    console.print(
      `${symbol} ${counted(report.rules.length, "rule")} on ${counted(report.documents, "document")}: ${found}`,
    );
  }
}
