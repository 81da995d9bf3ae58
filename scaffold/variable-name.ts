/** Words that no variable of a module may have, and those that services/fleet.ts uses itself. */
const TAKEN = new Set(
  (
    "arguments as async await break case catch class const continue debugger default delete do else enum eval export extends false finally for from " +
    "function get if implements import in infinity instanceof interface let nan new null of package private protected public return set static " +
    "super switch this throw true try type typeof undefined var void while with yield fleet organization"
  ).split(" "),
);

/** What a service is called in the code of services/: its name, in camel case; `openclaw-pos` → `openclawPos`. */
export function variableName(service: string, used: ReadonlySet<string> = new Set()): string {
  const name = service.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const free = (candidate: string) =>
    !TAKEN.has(candidate) && variablesOf(candidate).every((variable) => !used.has(variable));
  if (free(name)) return name;
  let candidate = `${name}Service`;
  for (let count = 2; !free(candidate); count++) candidate = `${name}Service${count}`;
  return candidate;
}

/** The three variables that services/fleet.ts has of a service. */
export function variablesOf(variable: string): readonly [service: string, sealed: string, stateful: string] {
  return [variable, `${variable}Sealed`, `${variable}Stateful`];
}
