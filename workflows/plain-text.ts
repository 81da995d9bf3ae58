/**
 * Free text as a name or a description that people read: on one line, without invisible characters, and never an expression, also in places
 * where GitHub would evaluate one (a job's name) or refuse the file for it (a workflow's name).
 */
export function plainText(text: string): string {
  return text
    .replace(/\s+/gu, " ")
    .replace(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}]/gu, "")
    .replaceAll("${{", "$ {{")
    .trim();
}
