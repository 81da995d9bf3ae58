import { displayWidth } from "./display-width";

/** Columns of a line, as the formatter of the project has it (biome.json). */
export const LINE_WIDTH = 120;

/** Below a key that is no longer than this there is nothing to be won: the text stays beside it. */
const SHORT_KEY = 4;

/** A line of comment above a property, by the property's path, joined by dots. */
export type Comments = Readonly<Record<string, string>>;

/** Where a literal stands: what is to its left on the line decides whether it fits. */
interface Place {
  readonly indent: number;
  /** Columns that are taken on the line already, and those that follow the value. */
  readonly taken: number;
  readonly path: readonly string[];
}

/** Plain data as a TypeScript literal, as the formatter of the project would leave it: on one line where it fits, else a part a line. */
export function literalText(value: unknown, comments: Comments = {}, place: Partial<Place> = {}): string {
  return new Writer(comments).write(value, { indent: 0, taken: 0, path: [], ...place });
}

/** A property of a literal that begins a line, without its comma. */
export function propertyText(key: string, value: unknown, comments: Comments, indent: number): string {
  return new Writer(comments).property(key, value, indent, [key]);
}

class Writer {
  constructor(private readonly comments: Comments) {}

  write(value: unknown, place: Place): string {
    const line = this.onOneLine(value, place.path);
    if (line !== undefined && place.taken + displayWidth(line) <= LINE_WIDTH) return line;
    if (Array.isArray(value)) return this.list(value, place);
    if (isRecord(value)) return this.record(value, place);
    return scalar(value);
  }

  property(key: string, value: unknown, indent: number, path: readonly string[]): string {
    const comment = this.comments[path.join(".")];
    const above = comment === undefined ? "" : `${" ".repeat(indent)}// ${comment}\n`;
    const head = `${" ".repeat(indent)}${keyText(key)}:`;
    // One column for the space, one for the comma.
    const taken = head.length + 2;
    if (
      typeof value === "string" &&
      keyText(key).length > SHORT_KEY &&
      taken + displayWidth(scalar(value)) > LINE_WIDTH
    )
      return `${above}${head}\n${" ".repeat(indent + 2)}${scalar(value)}`;
    return `${above}${head} ${this.write(value, { indent, taken, path })}`;
  }

  private record(value: Readonly<Record<string, unknown>>, { indent, path }: Place): string {
    const lines = Object.entries(value).map(
      ([key, inner]) => `${this.property(key, inner, indent + 2, [...path, key])},\n`,
    );
    return `{\n${lines.join("")}${" ".repeat(indent)}}`;
  }

  private list(value: readonly unknown[], { indent, path }: Place): string {
    const inner = indent + 2;
    const margin = " ".repeat(inner);
    const parts = value.map((item, index) =>
      this.write(item, { indent: inner, taken: inner + 1, path: [...path, String(index)] }),
    );
    const lines = value.every((item) => typeof item === "number") ? filled(parts, inner) : parts;
    return `[\n${lines.map((line) => `${margin}${line},\n`).join("")}${" ".repeat(indent)}]`;
  }

  /** Undefined when it must have several lines: a comment stands in it, or it is a list of records or of lists. */
  private onOneLine(value: unknown, path: readonly string[]): string | undefined {
    if (Array.isArray(value)) {
      if (value.length > 1 && (value.every(hasSeveral) || value.every(holdsSeveral))) return undefined;
      const parts = value.map((item, index) => this.onOneLine(item, [...path, String(index)]));
      return parts.includes(undefined) ? undefined : `[${parts.join(", ")}]`;
    }
    if (!isRecord(value)) return scalar(value);
    const parts: string[] = [];
    for (const [key, inner] of Object.entries(value)) {
      const at = [...path, key];
      const part = this.comments[at.join(".")] === undefined ? this.onOneLine(inner, at) : undefined;
      if (part === undefined) return undefined;
      parts.push(`${keyText(key)}: ${part}`);
    }
    return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
  }
}

/** Numbers, as many on a line as fit. */
function filled(parts: readonly string[], indent: number): readonly string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && indent + last.length + part.length + 3 <= LINE_WIDTH)
      lines[lines.length - 1] = `${last}, ${part}`;
    else lines.push(part);
  }
  return lines;
}

function hasSeveral(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).length > 1;
}

function holdsSeveral(value: unknown): boolean {
  return Array.isArray(value) && value.length > 1;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function scalar(value: unknown): string {
  if (typeof value === "number" && Number.isInteger(value) && value >= 10_000 && value % 1000 === 0)
    return value.toString().replace(/\B(?=(?:\d{3})+$)/g, "_");
  if (typeof value === "string") return quoted(value);
  return JSON.stringify(value);
}

/** In the quotes of which fewer must be escaped; double ones when that is the same. */
function quoted(text: string): string {
  const double = JSON.stringify(text);
  const count = (quote: string) => text.split(quote).length - 1;
  if (count('"') <= count("'")) return double;
  return `'${double.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function keyText(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
}
