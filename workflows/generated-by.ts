/**
 * The first words of every file: what made it, and the command that makes it again.
 *
 * @param service name of the service. @default - the file belongs to the library of workflows, which all services call
 */
export function generatedBy(service: string | undefined): readonly string[] {
  if (service === undefined)
    return ["Made by Gatehouse from workflows/library/; do not edit.", "Make it again: npx gatehouse library"];
  return [
    `Made by Gatehouse from services/${service}.ts; do not edit.`,
    `Make it again: npx gatehouse files ${service}`,
  ];
}
