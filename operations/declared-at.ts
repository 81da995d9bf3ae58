import { readFileSync } from "node:fs";
import { join } from "node:path";
import { declaredPath } from "../policies/declared-path";
import type { PolicyDocument } from "../policies/document";
import type { DeclaredAt } from "../policies/report";
import {
  type Expression,
  parsed,
  placeOf,
  propertyValue,
  type Source,
  Unrecognized,
} from "../scaffold/typescript-literal";

/** Finds the lines of declarations. A file is read once. */
export class Declarations {
  readonly #root: string;
  readonly #sources = new Map<string, Source | undefined>();

  /** @param root the directory that has `services/` */
  constructor(root: string) {
    this.#root = root;
  }

  /**
   * Where what something in a document follows from is declared: the file, and the line as deep as it is written as a literal there. Undefined for
   * what is nobody's, or declared in a file that is named otherwise.
   */
  of(document: Omit<PolicyDocument, "json">, address: string): DeclaredAt | undefined {
    const file = `services/${document.service ?? "organization"}.ts`;
    if (document.service === undefined && document.kind !== "stack") return undefined;
    const source = this.#source(file);
    if (source === undefined) return undefined;
    const path = document.service === undefined ? [] : declaredPath(document, address);
    return { file, line: lineOf(source, path) };
  }

  #source(file: string): Source | undefined {
    if (!this.#sources.has(file)) this.#sources.set(file, read(join(this.#root, file)));
    return this.#sources.get(file);
  }
}

function read(path: string): Source | undefined {
  try {
    return parsed(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof Unrecognized || (error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function lineOf(source: Source, path: readonly string[]): number | undefined {
  let at = declaration(source);
  if (at === undefined) return undefined;
  for (const key of path) {
    const next = valueIn(source, at, key);
    if (next === undefined) break;
    at = next;
  }
  return source.text.slice(0, placeOf(at).from).split("\n").length;
}

/** The literal that the file exports, alone or given to `defineService`. */
function declaration({ statements }: Source): Expression | undefined {
  for (const statement of statements) {
    if (statement.type !== "ExportNamedDeclaration" || statement.declaration?.type !== "VariableDeclaration") continue;
    const init = statement.declaration.declarations[0]?.init;
    const value = init?.type === "CallExpression" ? init.arguments[0] : init;
    if (value?.type === "ObjectExpression") return value;
  }
  return undefined;
}

function valueIn(source: Source, literal: Expression, key: string): Expression | undefined {
  try {
    return propertyValue(source, literal, key);
  } catch (error) {
    if (error instanceof Unrecognized) return undefined;
    throw error;
  }
}
