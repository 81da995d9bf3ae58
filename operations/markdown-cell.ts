/** What GitHub's Markdown gives a meaning, inside inline HTML too: markup, mentions, references, emoji and addresses that become links. */
const MEANT = /[&<>|`@*_~[\]\\#:!{}$]|\.(?=[A-Za-z])/g;

/** Text from outside as a cell of a Markdown table: it shows as it is, and is nothing else. */
export function markdownCell(text: string): string {
  return text.replace(/\s+/g, " ").replace(MEANT, (character) => `&#${character.codePointAt(0)};`);
}
