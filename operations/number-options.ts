import { InvalidArgumentError } from "commander";

/** A number of something, as people count. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("expected a whole number");
  return Number(text);
}

/** From 1 to 64: how many things at a time. */
export function positive(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 64)
    throw new InvalidArgumentError("expected a whole number from 1 to 64");
  return number;
}
