import { propertyText } from "./literal-text";
import type { NewTeam } from "./new-team";
import { exportedValue, parsed, propertyValue, Unrecognized, withProperty } from "./typescript-literal";

/**
 * Adds a team to the text of `services/organization.ts`, with its contact points and its route. What stands there already is left as it is.
 * @throws Unrecognized when the file is not written as `services/organization.ts` is
 */
export function withTeamText(text: string, team: NewTeam): string {
  const { contactPoints, route } = team;
  const added = [
    [["teams"], team.slug, { description: team.description }],
    ...Object.entries(contactPoints).map(([key, point]) => [["grafana", "contactPoints"], key, point] as const),
    [["grafana", "routes"], team.slug, route],
  ] as const;
  return added.reduce((whole, [path, key, value]) => withNew(whole, path, key, value), text);
}

function withNew(text: string, path: readonly string[], key: string, value: unknown): string {
  const source = parsed(text);
  let literal = exportedValue(source, "organization");
  for (const part of path) {
    const next = propertyValue(source, literal, part);
    if (next === undefined) throw new Unrecognized(`\`organization\` has no ${path.join(".")}`);
    literal = next;
  }
  if (propertyValue(source, literal, key) !== undefined) return text;
  return withProperty(source, literal, propertyText(key, value, {}, 2 * (path.length + 1)));
}
