import { formatPath, type Problem, show } from "./problem";

/** Keys that mean the prototype of an object rather than an entry of it. */
const PROTOTYPE_KEYS = new Set(["__proto__", "constructor", "prototype"]);

/** Declarations are data of a few levels. */
const DEEPEST = 20;

/** A declaration as plain data: what can be read of it, read once. */
export interface PlainData {
  /** A copy of text, numbers, true and false, lists and records; what is none of these is left out. */
  readonly data: unknown;
  readonly problems: readonly Problem[];
}

/**
 * Copies a declaration and refuses what isn't data: functions, getters (they may throw, or answer differently the second time), objects of
 * a class, lists with holes, things that contain themselves, keys that replace a prototype. Everything after this may read the copy without
 * care. Never throws.
 */
export function plainData(subject: string, declaration: unknown): PlainData {
  const problems: Problem[] = [];
  /** Copies by their originals: something that stands in several places is read once. */
  const copies = new Map<object, unknown>();
  const open = new Set<object>();
  return { data: copy(declaration, []), problems };

  function copy(value: unknown, path: readonly PropertyKey[]): unknown {
    if (typeof value === "function" || typeof value === "symbol" || typeof value === "bigint") {
      return refuse(path, show(value), "write the value itself");
    }
    if (typeof value !== "object" || value === null) return value;
    if (open.has(value)) return refuse(path, "something that contains itself", "write the value itself");
    if (copies.has(value)) return copies.get(value);
    if (path.length > DEEPEST) return refuse(path, `data nested deeper than ${DEEPEST} levels`, "flatten it");
    open.add(value);
    const copied = guarded(value, path);
    open.delete(value);
    copies.set(value, copied);
    return copied;
  }

  /** Even looking at an object can run somebody's code, when it is a proxy. */
  function guarded(value: object, path: readonly PropertyKey[]): unknown {
    try {
      return Array.isArray(value) ? list(value, path) : record(value, path);
    } catch {
      return refuse(path, "an object that can't be read", "write the value itself");
    }
  }

  function list(value: readonly unknown[], path: readonly PropertyKey[]): unknown {
    if (Object.keys(value).length !== value.length) {
      return refuse(path, "a list with holes, or with properties of its own", "write every item, and nothing else");
    }
    return value.map((_, index) => property(value, index, path));
  }

  function record(value: object, path: readonly PropertyKey[]): unknown {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (!isPlain(prototype)) {
      const kind = Object.prototype.toString.call(value).slice("[object ".length, -1);
      return kind === "Object"
        ? refuse(path, "a record with a prototype of its own", 'remove "__proto__" or write a record { … }')
        : refuse(path, `an object of the kind ${show(kind)}`, "write the value itself");
    }
    const copied: Record<string, unknown> = {};
    for (const key of Reflect.ownKeys(value)) {
      if (typeof key === "symbol") refuse(path, `the key ${show(key)}`, "use text as key");
      else if (PROTOTYPE_KEYS.has(key)) {
        const expected = "a key that is not a property of every object";
        problem([...path, key], `the key ${show(key)}`, expected, "rename the key");
      } else {
        const before = problems.length;
        const entry = property(value, key, path);
        // Left out, not undefined: nobody has to look whether an entry that may be missing is there and is nothing.
        if (entry !== undefined || problems.length === before) copied[key] = entry;
      }
    }
    return copied;
  }

  function property(owner: object, key: string | number, path: readonly PropertyKey[]): unknown {
    const descriptor = Object.getOwnPropertyDescriptor(owner, key);
    if (descriptor !== undefined && "value" in descriptor) return copy(descriptor.value, [...path, key]);
    return refuse([...path, key], "a getter", "write the value itself");
  }

  function refuse(path: readonly PropertyKey[], came: string, remedy: string): undefined {
    problem(path, came, "plain data: text, numbers, true or false, lists and records", remedy);
  }

  function problem(path: readonly PropertyKey[], came: string, expected: string, remedy: string): void {
    problems.push({ subject, path: formatPath(path), came, expected, remedy });
  }
}

/** `Object.prototype`, or that of another realm (Jest's), or none. A `__proto__: {…}` in a literal becomes the prototype and no key. */
function isPlain(prototype: unknown): boolean {
  if (prototype === null) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, "isPrototypeOf");
}
