import { show } from "../declaration/problem";
import type { BrokenRule, PolicyFinding, WaivedFinding } from "./report";
import type { Waiver, WaiverScope } from "./waiver";
import type { WaiverFault } from "./waiver-fault";
import { duplicateOf, faultOf, type WaiverContext, waiverFaults } from "./waiver-faults";
import type { PlacedWaiver, WaiverFile } from "./waiver-file";
import { covers, documentOf, isOf, placesOf, type ScopedDocument } from "./waiver-scope";

/** What was judged, and with it what a waiver could have been used for. */
export interface Judged {
  readonly findings: readonly PolicyFinding[];
  readonly documents: readonly ScopedDocument[];
  readonly broken: readonly BrokenRule[];
  /** What was judged as a whole: what is not among it then, is not made. */
  readonly all: "nothing" | "stacks and files" | "stacks, files and releases";
}

/** How a waiver stands. */
export interface StandingWaiver {
  readonly waiver: Waiver;
  /** Line of `policies/waivers.yaml`, from 1. */
  readonly line: number;
  /** `not judged`: it holds, and what it is about was not looked at. */
  readonly state: "in use" | "unused" | "expired" | "at fault" | "not judged";
  /** Findings that it covers. */
  readonly uses: number;
}

export interface AppliedWaivers {
  /** Findings that no waiver covers. */
  readonly remaining: readonly PolicyFinding[];
  readonly waived: readonly WaivedFinding[];
  /** Everything that is wrong with waivers, in the order of the file. */
  readonly faults: readonly WaiverFault[];
  readonly standing: readonly StandingWaiver[];
}

/** Holds waivers against findings. One with a fault covers nothing. */
export function applyWaivers(judged: Judged, file: WaiverFile, context: WaiverContext): AppliedWaivers {
  const faults = [...file.faults, ...waiverFaults(file.waivers, context)];
  const faultless = file.waivers.filter((placed) => !faults.some((fault) => isFaultOf(fault, placed)));
  // By a clock that is behind, one that has expired would hold.
  const clockIsDoubtful = faults.some(({ kind }) => kind === "created-in-the-future");
  const by = new Map<PolicyFinding, Waiver>();
  for (const placed of clockIsDoubtful ? [] : faultless) {
    const covered = judged.findings.filter((finding) => covers(placed.waiver, finding));
    const first = covered.map((finding) => by.get(finding)).find((waiver) => waiver !== undefined);
    const before = file.waivers.find(({ waiver }) => waiver === first);
    if (before !== undefined)
      faults.push(faultOf(placed, "duplicate", "scope", duplicateOf("what another covers", before)));
    else {
      for (const finding of covered) by.set(finding, placed.waiver);
      faults.push(...unused(placed, judged));
    }
  }
  return {
    remaining: judged.findings.filter((finding) => !by.has(finding)),
    waived: judged.findings.flatMap((finding) => {
      const waiver = by.get(finding);
      return waiver === undefined ? [] : [{ ...finding, waiver }];
    }),
    faults: faults.toSorted((one, other) => one.line - other.line),
    standing: file.waivers.map((placed) => {
      const uses = [...by.values()].filter((waiver) => waiver === placed.waiver).length;
      const kinds = faults.filter((fault) => isFaultOf(fault, placed)).map(({ kind }) => kind);
      const state = clockIsDoubtful ? "at fault" : stateOf(kinds, uses);
      return { waiver: placed.waiver, line: placed.lines.id, state, uses };
    }),
  };
}

function stateOf(faults: readonly WaiverFault["kind"][], uses: number): StandingWaiver["state"] {
  if (uses > 0) return "in use";
  if (faults.includes("expired")) return "expired";
  if (faults.some((kind) => kind !== "unused")) return "at fault";
  return faults.length > 0 ? "unused" : "not judged";
}

/** Of two with one id, by the line. */
function isFaultOf({ line, waiver }: WaiverFault, placed: PlacedWaiver): boolean {
  return waiver === placed.waiver.id && Object.values(placed.lines).includes(line);
}

/** Addresses and patterns of a waiver that cover nothing, as far as that can be known. */
function unused(placed: PlacedWaiver, { findings, documents, broken, all }: Judged): readonly WaiverFault[] {
  const { rule, scope } = placed.waiver;
  const document = documents.find((each) => isOf(scope, each));
  const remedy = "remove it: what it was for is repaired or gone";
  if (document === undefined) {
    // Whether what was not looked at would have had such findings, nobody knows.
    if (!isWithin(scope, all)) return [];
    const said = { came: show(documentOf(scope)), expected: "a document that is made of the declarations", remedy };
    return [faultOf(placed, "unused", "scope", said)];
  }
  if (broken.some((each) => each.rule.name === rule && each.document === document.name)) return [];
  const found = findings.filter((finding) => finding.rule.name === rule && isOf(scope, finding.document));
  return placesOf(scope)
    .filter((place) => !found.some((finding) => place.is(finding)))
    .map(({ path, text }) => {
      const expected = `what ${rule} finds in ${documentOf(scope)}, where it finds nothing there`;
      return faultOf(placed, "unused", path, { came: show(text), expected, remedy });
    });
}

/** Whether the document of a scope would have been judged, were it made. */
function isWithin(scope: WaiverScope, all: Judged["all"]): boolean {
  if (scope.given !== undefined) return false;
  return scope.stage === undefined ? all !== "nothing" : all === "stacks, files and releases";
}
