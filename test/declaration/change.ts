/** Says of a path that nothing stands there any more. */
export const REMOVED = Symbol("removed");

/** What to write where; a path's parts are separated by dots, and a part that is a number is an index. */
export type Changes = Readonly<Record<string, unknown>>;

export type Path = readonly (string | number)[];

/** A copy of plain data with other values at some paths. */
export function changed<T>(data: T, changes: Changes): T {
  let copy = structuredClone(data);
  for (const [path, value] of Object.entries(changes)) copy = replaced(copy, path.split("."), value);
  return copy;
}

/** The same data with another value at one path; whatever doesn't lie on the path is shared, not copied. */
export function replaced<T>(data: T, path: Path, value: unknown): T {
  const [part, ...rest] = path;
  if (part === undefined) return value as T;
  const owner: object = typeof data === "object" && data !== null ? data : {};
  const inner = rest.length > 0 ? replaced((owner as Record<string, unknown>)[part], rest, value) : value;
  const copy: unknown[] | Record<string, unknown> = Array.isArray(owner) ? [...owner] : { ...owner };
  if (inner === REMOVED && Array.isArray(copy)) copy.splice(Number(part), 1);
  else if (inner === REMOVED) delete (copy as Record<string, unknown>)[part];
  else Object.defineProperty(copy, part, { value: inner, enumerable: true, writable: true, configurable: true });
  return copy as T;
}

/** The same data, where the record at a path has one entry under another key, in its place. */
export function renamed<T>(data: T, path: Path, key: string): T {
  const owner = path.slice(0, -1);
  const record = Object.entries(valueAt(data, owner) as Record<string, unknown>);
  const copy: Record<string, unknown> = {};
  for (const [name, value] of record) {
    const as = name === path.at(-1) ? key : name;
    Object.defineProperty(copy, as, { value, enumerable: true, writable: true, configurable: true });
  }
  return replaced(data, owner, copy);
}

export function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, part) => (value as Record<string, unknown>)[part], data);
}

/** Every path of plain data below its root: each property and each item of a list, the outer before the inner. */
export function pathsOf(data: unknown, path: Path = []): readonly Path[] {
  if (typeof data !== "object" || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) => {
    const place = [...path, Array.isArray(data) ? Number(key) : key];
    return [place, ...pathsOf(value, place)];
  });
}
