/** GitHub refuses a longer body of a comment or an issue: "body is too long (maximum is 65536 characters)". */
export const LONGEST_BODY = 65_536;

/** The line by which a comment or issue of ours is found again; it does not show. */
export function marker(name: string): string {
  return `<!-- gatehouse:${name} -->`;
}

/** Text that shows as it is in a comment, whatever it contains: the fence is longer than any run of backticks in it. */
export function fenced(text: string, language = "text"): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** The beginning of a text that is too long, and `note` instead of the rest. Never cut within a character. */
export function cut(text: string, longest: number, note: string): string {
  if (text.length <= longest) return text;
  const room = Math.max(0, longest - note.length);
  const end = /[\uD800-\uDBFF]/.test(text.charAt(room - 1)) ? room - 1 : room;
  return `${text.slice(0, end)}${note}`;
}
