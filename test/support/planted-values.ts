import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Values that stand in for credentials and must be found nowhere but where they were put. Each says of itself that it is none, and is a word that
 * nothing else has.
 */
export class PlantedValues {
  private readonly spellings: ReadonlyMap<string, string>;

  /** @param values by a name that is said when one is found */
  constructor(readonly values: Readonly<Record<string, string>>) {
    this.spellings = new Map(
      Object.entries(values).flatMap(([name, value]) => spellingsOf(value).map((spelling) => [spelling, name])),
    );
  }

  /** Names of the values that a text holds, in whatever spelling. */
  foundIn(text: string): readonly string[] {
    return [...new Set([...this.spellings].filter(([spelling]) => text.includes(spelling)).map(([, name]) => name))];
  }

  /** Files below a directory that hold one, each with the names; links are not followed, as what is behind them is somebody else's. */
  foundBelow(directory: string): readonly string[] {
    return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return this.foundBelow(path);
      if (!entry.isFile()) return [];
      const found = this.foundIn(readFileSync(path, "latin1"));
      return found.length === 0 ? [] : [`${path}: ${found.join(", ")}`];
    });
  }
}

/** As itself, as JSON, in an address, in hexadecimal, and in base64 wherever in a longer text it begins. */
function spellingsOf(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  const base64 = [0, 1, 2].map((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    // The first and last letters hold bits of what is around it.
    return padded.slice(before === 0 ? 0 : 4, -4);
  });
  const lines = value.split("\n").filter((line) => line.length > 20 && !line.startsWith("-----"));
  const plain = lines.length > 1 ? lines : [value];
  return [...plain, JSON.stringify(value).slice(1, -1), encodeURIComponent(value), bytes.toString("hex"), ...base64];
}
