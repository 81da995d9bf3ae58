import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Where a program is, by the PATH; undefined when it is on none of its directories. Does not start it. */
export function onPath(program: string): string | undefined {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .map((directory) => join(directory, program))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
