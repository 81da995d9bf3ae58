import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Fleet } from "../declaration/fleet";
import type { PolicyDocument } from "../policies/document";
import { documentsOfText, planOfText, UnreadableDocument } from "../policies/document-text";
import { runPropsOf } from "../stacks/run-props";
import { declaredService } from "./declared-service";
import { Failure, messageOf } from "./failure";
import { filesOf } from "./files-of";
import { type Selection, selectStacks, synthesize } from "./synthesize";

/** Documents to judge, and those that could not be read. */
export interface ReadDocuments {
  readonly documents: readonly PolicyDocument[];
  readonly unreadable: readonly { readonly document: string; readonly why: string }[];
}

/** In memory a document is many times as large as in its file, and rules see all of it at once. Bytes. */
const LARGEST = 50_000_000;

/** What Gatehouse makes of declarations: the stacks of a selection, and the files of its repositories that are JSON or YAML. */
export async function madeDocuments(
  fleet: Fleet,
  selection: Selection,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ReadDocuments> {
  const directory = await mkdtemp(join(tmpdir(), "gatehouse-policy-"));
  try {
    const stacks = selectStacks(await synthesize(fleet, directory, runPropsOf(environment)), selection);
    const phases = new Map(fleet.services.map(({ service }) => [service.name, service.phase]));
    const configurations = stacks.map(async ({ name, directory, service, stage }): Promise<PolicyDocument> => {
      const json = await readFile(join(directory, "cdk.tf.json"), "utf8");
      return { name, kind: "stack", service, stage, phase: phases.get(service ?? ""), json };
    });
    return { documents: [...(await Promise.all(configurations)), ...fileDocuments(fleet, selection)], unreadable: [] };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Files belong to no stage: with one given, they are left out. */
function fileDocuments(fleet: Fleet, { service, stage }: Selection): readonly PolicyDocument[] {
  if (stage !== undefined) return [];
  return fleet.services
    .filter((entry) => service === undefined || entry.service.name === service)
    .flatMap((entry) =>
      filesOf(fleet, entry)
        .filter(({ path }) => /\.(?:json|ya?ml)$/.test(path))
        .flatMap(({ path, content }) => {
          const { name, phase } = entry.service;
          return numbered(path, documentsOfText(path, content)).map(
            ([each, json]): PolicyDocument => ({ name: each, kind: "file", service: name, phase, json }),
          );
        }),
    );
}

/** Files that were given, `-` for standard input. */
export interface GivenFiles {
  /** Plans, manifests, workflows: what each is, is seen. */
  readonly files: readonly string[];
  /** What must be a plan. @default - none */
  readonly plans?: readonly string[] | undefined;
}

/** Reads files that were given. A selection says whose they are. */
export async function givenDocuments(
  fleet: Fleet,
  { files, plans = [] }: GivenFiles,
  selection: Selection,
): Promise<ReadDocuments> {
  const service = selection.service === undefined ? undefined : declaredService(fleet, selection.service);
  const belonging = { kind: "given", service: service?.name, stage: selection.stage, phase: service?.phase } as const;
  const documents: PolicyDocument[] = [];
  const unreadable: { document: string; why: string }[] = [];
  const given = [
    ...plans.map((path) => [path, (text: string) => [planOfText(text)]] as const),
    ...files.map((path) => [path, (text: string) => documentsOfText(path, text)] as const),
  ];
  for (const [path, read] of given) {
    try {
      const texts = numbered(path, read(await textOf(path)));
      documents.push(...texts.map(([name, json]): PolicyDocument => ({ name, ...belonging, json })));
    } catch (error) {
      if (!(error instanceof UnreadableDocument)) throw error;
      unreadable.push({ document: path, why: error.message });
    }
  }
  return { documents, unreadable };
}

async function textOf(path: string): Promise<string> {
  const file = await open(path === "-" ? "/dev/stdin" : path).catch((error) => {
    throw new Failure(
      `${path} can't be read: ${messageOf(error)}\nexpected a plan as JSON, or manifests or workflows as YAML`,
    );
  });
  try {
    refuseLarge((await file.stat()).size);
    const content = await file.readFile();
    // Of a pipe nothing tells the size before.
    refuseLarge(content.length);
    return content.toString("utf8");
  } finally {
    await file.close();
  }
}

function refuseLarge(size: number): void {
  if (size <= LARGEST) return;
  throw new UnreadableDocument(
    `it has ${(size / 1_000_000).toFixed(0)} MB; at most ${LARGEST / 1_000_000} MB are judged: plan and judge each stack alone`,
  );
}

function numbered(name: string, documents: readonly string[]): readonly (readonly [string, string])[] {
  return documents.map((json, index) => [documents.length === 1 ? name : `${name}#${index + 1}`, json]);
}
