import { prose } from "./markdown";

/** Free text as a sentence of its own: it ends with a full stop, unless it ends with something like one already. */
export function sentence(text: string): string {
  const written = prose(text);
  return /[.!?…]$/u.test(written) ? written : `${written}.`;
}
