import { byImportOrder } from "./import-order";
import { LINE_WIDTH } from "./literal-text";
import {
  exportedValue,
  parsed,
  placeOf,
  propertyValue,
  type Source,
  Unrecognized,
  withRecord,
} from "./typescript-literal";
import { variableName, variablesOf } from "./variable-name";

/** Text of `services/fleet.ts` with one more service, and what the service is called in the code. */
export interface FleetEdit {
  readonly text: string;
  readonly variable: string;
}

/**
 * Adds a service to the text of `services/fleet.ts`: its three imports in their order, its entry at the end. A text that has the service already
 * comes back as it is.
 * @throws Unrecognized when the file is not written as `services/fleet.ts` is
 */
export function withService(text: string, name: string): FleetEdit {
  const source = parsed(text);
  const imported = importsOf(source);
  const known = imported.find(({ path }) => path === `./${name}`);
  if (known !== undefined) return { text, variable: known.variable };
  const variable = variableName(name, new Set(imported.map((each) => each.variable)));
  const services = propertyValue(source, exportedValue(source, "fleet"), "services");
  if (services?.type !== "ArrayExpression") throw new Unrecognized("`fleet` has no list `services: [ … ]`");
  const [service, sealed, stateful] = variablesOf(variable);
  // First what stands further down, so that the positions above stay right.
  const listed = withRecord(source, services, (indent) => entryText([service, sealed, stateful], indent));
  return {
    variable,
    text: [
      [`./${name}`, `import { ${service} } from "./${name}";`],
      [`./${name}.sealed.json`, `import ${sealed} from "./${name}.sealed.json";`],
      [`./${name}.stateful.json`, `import ${stateful} from "./${name}.stateful.json";`],
    ].reduce((whole, [path = "", line = ""]) => withImport(whole, path, line), listed),
  };
}

interface Import {
  readonly variable: string;
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

function importsOf(source: Source): readonly Import[] {
  return source.statements.flatMap((statement): Import[] => {
    if (statement.type !== "ImportDeclaration") return [];
    const { from, to } = placeOf(statement);
    const [only, ...more] = statement.specifiers;
    if (only === undefined || more.length > 0)
      throw new Unrecognized(`\`${source.text.slice(from, to)}\` doesn't import one thing`);
    return [{ variable: only.local.name, path: statement.source.value, from, to }];
  });
}

function withImport(text: string, path: string, line: string): string {
  const imports = importsOf(parsed(text));
  const next = imports.find((other) => other.path.startsWith("./") && byImportOrder(other.path, path) > 0);
  if (next !== undefined) return `${text.slice(0, next.from)}${line}\n${text.slice(next.from)}`;
  const last = imports.at(-1);
  if (last === undefined) throw new Unrecognized("it has no imports");
  return `${text.slice(0, last.to)}\n${line}${text.slice(last.to)}`;
}

/** As the formatter leaves it: on one line where it fits, with its comma. */
function entryText([service, sealed, stateful]: readonly string[], indent: number): string {
  const properties = [`service: ${service}`, `sealed: ${sealed}`, `stateful: ${stateful}`];
  const line = `{ ${properties.join(", ")} }`;
  if (indent + line.length < LINE_WIDTH) return line;
  const margin = " ".repeat(indent);
  return `{\n${properties.map((each) => `${margin}  ${each},\n`).join("")}${margin}}`;
}
