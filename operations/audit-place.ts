import { LAST_PLACE } from "../declaration/audit-entry";

const DIGITS = String(LAST_PLACE).length;

/** The name of the object that holds the entry in a place: names sort as places do. */
export function nameOfPlace(place: number): string {
  return `${String(place).padStart(DIGITS, "0")}.json`;
}

/** Undefined for what is no such name. */
export function placeOfName(name: string): number | undefined {
  const [, digits] = /^(\d{12})\.json$/.exec(name) ?? [];
  const place = Number(digits);
  return place >= 1 ? place : undefined;
}
