import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from "yaml";
import { z } from "zod";
import { formatPath, show } from "../declaration/problem";
import { checkShape } from "../declaration/shape";
import { wanted } from "../declaration/values";
import { Waiver } from "./waiver";
import type { WaiverFault } from "./waiver-fault";

/** A waiver that is written as one, and where. */
export interface PlacedWaiver {
  readonly waiver: Waiver;
  /** Lines of `policies/waivers.yaml`, from 1, of what it says. */
  readonly lines: Readonly<Record<keyof Waiver, number>>;
}

/** What a file says. */
export interface WaiverFile {
  readonly waivers: readonly PlacedWaiver[];
  /** What is no waiver. */
  readonly faults: readonly WaiverFault[];
}

/** No file: no waivers. */
export const NO_WAIVERS: WaiverFile = { waivers: [], faults: [] };

const SUBJECT = "waivers";

const WaiverList = z.strictObject({
  waivers: z.array(z.unknown(), { error: wanted("a list of waivers", "write waivers: [] while there are none") }),
});

type Path = readonly (string | number)[];

/** Reads `policies/waivers.yaml`. What is wrong in one waiver says nothing of the others; what is no YAML has none. */
export function waiversOfText(text: string): WaiverFile {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const faults = [...syntaxFaults(document, counter)];
  if (faults.length > 0) return { waivers: [], faults };
  const root: unknown = document.toJS();
  const faultsAt = (at: Path, schema: z.ZodType, value: unknown, waiver?: string) =>
    checkShape(SUBJECT, schema, value).problems.map(({ path, came, expected, remedy }): WaiverFault => {
      const line = lineOf(document, counter, [...at, ...(path.match(/[\w-]+/g) ?? [])]);
      // What has no id is known by its place in the list.
      const shown = waiver === undefined ? [formatPath(at), path].filter((part) => part !== "").join(".") : path;
      return { kind: "malformed", line, waiver, path: shown, came, expected, remedy };
    });
  const ofList = faultsAt([], WaiverList, root);
  if (ofList.length > 0) return { waivers: [], faults: ofList };
  const waivers: PlacedWaiver[] = [];
  WaiverList.parse(root).waivers.forEach((item, index) => {
    const at = ["waivers", index] as const;
    const found = faultsAt(at, Waiver, item, idOf(item));
    faults.push(...found);
    if (found.length > 0) return;
    const lineOfKey = (key: string) => lineOf(document, counter, [...at, key]);
    waivers.push({
      waiver: Waiver.parse(item),
      lines: Object.fromEntries(KEYS.map((key) => [key, lineOfKey(key)])) as PlacedWaiver["lines"],
    });
  });
  return { waivers, faults };
}

const KEYS = Object.keys(Waiver.shape) as readonly (keyof Waiver)[];

function* syntaxFaults(document: Document, counter: LineCounter): Generator<WaiverFault> {
  const kind = "malformed";
  for (const { message, pos } of document.errors) {
    const came = show(message.split("\n")[0]?.replace(/ at line \d+, column \d+:$/, ""));
    const remedy = "correct it; until then there are no waivers";
    yield { kind, line: counter.linePos(pos[0]).line, path: "", came, expected: "YAML, each key once", remedy };
  }
  const aliases: number[] = [];
  visit(document, { Alias: (_, { range }) => void aliases.push(counter.linePos(range?.[0] ?? 0).line) });
  // To renew one waiver would change another.
  for (const line of aliases)
    yield { kind, line, path: "", came: "an alias (*)", expected: "every value written out", remedy: "write it again" };
}

function idOf(item: unknown): string | undefined {
  const { data } = z.object({ id: Waiver.shape.id }).safeParse(item);
  return data?.id;
}

/** The line of what stands at a path, as deep as that is there. */
function lineOf(document: Document, counter: LineCounter, path: Path): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === part);
      if (!isScalar(pair?.key)) break;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(part)];
      offset = (isMap(node) || isScalar(node) ? node.range?.[0] : undefined) ?? offset;
    } else break;
  }
  return counter.linePos(offset).line;
}
