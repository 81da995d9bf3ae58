import { type Document, isMap, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from "yaml";
import type { Waiver } from "./waiver";

/** What is written of a waiver. */
export type WrittenWaiver = { readonly [Key in keyof Waiver]: Key extends "scope" ? Waiver["scope"] : string };

/** A text that is no list of waivers. */
export class NoWaiverList extends Error {
  override readonly name = "NoWaiverList";
}

/** The text of a file with one more waiver at its end; comments and order stay. @throws NoWaiverList */
export function withWaiver(text: string, waiver: WrittenWaiver): string {
  const document = parseDocument(text);
  const list = listOf(document);
  // What was empty is written [ ].
  list.flow = false;
  list.add(document.createNode(waiver));
  return written(document);
}

/** The text with other values in one waiver; undefined when none has that id. @throws NoWaiverList */
export function withChanges(
  text: string,
  id: string,
  changes: Readonly<Partial<Record<keyof Waiver, string>>>,
): string | undefined {
  const document = parseDocument(text);
  const waiver = listOf(document).items.find((item): item is YAMLMap => isMap(item) && item.get("id") === id);
  if (waiver === undefined) return undefined;
  for (const [key, value] of Object.entries(changes)) waiver.set(key, value);
  return written(document);
}

function listOf(document: Document): YAMLSeq {
  const list = isMap(document.contents) ? document.contents.get("waivers") : undefined;
  if (document.errors.length > 0 || !isSeq(list)) throw new NoWaiverList("it holds no list of waivers");
  return list;
}

/** Long lines stay whole, so that a change touches no other line. */
function written(document: Document): string {
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}
