import { isMap, parseAllDocuments } from "yaml";
import type { z } from "zod";
import { show } from "../../declaration/problem";
import { API_VERSION } from "./names";
import { NotTaken } from "./read-promql";
import { AnyObject } from "./schema";

/** A file that is no OpenSLO v1. The message says what came and what to do. */
export class OpenSloError extends Error {
  override readonly name = "OpenSloError";
}

/** The objects of a YAML stream. @throws OpenSloError */
export function readObjects(yaml: string): readonly z.infer<typeof AnyObject>[] {
  const documents = parseAllDocuments(yaml, { prettyErrors: true });
  if (!Array.isArray(documents)) throw new OpenSloError("the file is empty; give OpenSLO objects as YAML");
  return documents
    .filter(({ contents }) => contents !== null)
    .map((document, index) => {
      const [broken] = document.errors;
      if (broken !== undefined)
        throw new OpenSloError(`document ${index + 1} is no YAML: ${broken.message.split("\n")[0]}`);
      if (!isMap(document.contents)) throw new OpenSloError(`document ${index + 1} is no object of OpenSLO`);
      const object = readAs(AnyObject, document.toJS({ maxAliasCount: 100 }), `document ${index + 1}`);
      if (object.apiVersion !== API_VERSION)
        throw new OpenSloError(
          `${object.kind} ${show(object.metadata.name)} is of ${show(object.apiVersion)}; expected ${show(API_VERSION)}: rewrite it to that version first`,
        );
      return object;
    });
}

/** @throws OpenSloError when the value has another shape */
export function readAs<T extends z.ZodType>(shape: T, value: unknown, what: string): z.infer<T> {
  const read = shape.safeParse(value);
  if (read.success) return read.data;
  const name = (value as { metadata?: { name?: unknown } } | null)?.metadata?.name;
  const [issue] = read.error.issues;
  const where = `${what}${name === undefined ? "" : ` ${show(name)}`}, at ${issue?.path.join(".") || "its top"}`;
  throw new OpenSloError(`${where}: ${issue?.message}; see https://github.com/OpenSLO/OpenSLO#object-types`);
}

/** @throws NotTaken when a declaration could not say the value */
export function valid<T extends z.ZodType>(shape: T, value: unknown): z.infer<T> {
  const read = shape.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new NotTaken(`${issue?.path.join(".")} would have to be ${issue?.message.split("\n")[0]}`);
}

/** What an annotation says in JSON. @throws NotTaken when it is none */
export function annotationJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new NotTaken(`an annotation of Gatehouse is no JSON: ${show(json)}`);
  }
}
