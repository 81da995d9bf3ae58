/** The first words of every file: what made it, and the command that makes it again. */
export function generatedBy(service: string): readonly string[] {
  return [
    `Made by Gatehouse from services/${service}.ts; do not edit.`,
    `Make it again: npx gatehouse files ${service}`,
  ];
}
