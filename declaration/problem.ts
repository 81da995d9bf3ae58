/** One mistake of a declaration: where it is, what came, what was expected there, and what to do about it. */
export interface Problem {
  /** Whose declaration: a service's name, or `organization`. */
  readonly subject: string;
  /** Path inside the declaration, e.g. `stages.production.waitMinutes`; empty for the whole of it. */
  readonly path: string;
  readonly came: string;
  readonly expected: string;
  readonly remedy: string;
  /** Where the rule is written down, when it is somebody else's fact. @default - it is Gatehouse's own rule */
  readonly source?: string;
}

/** All mistakes of a fleet, thrown once. The message lists every one of them. */
export class DeclarationError extends Error {
  override readonly name = "DeclarationError";
  constructor(readonly problems: readonly Problem[]) {
    const count = `${problems.length} ${problems.length === 1 ? "problem" : "problems"}`;
    super(`${count} in the declarations; nothing was synthesized\n\n${problems.map(formatProblem).join("\n\n")}`);
  }
}

export function formatProblem(problem: Problem): string {
  const where = problem.path === "" ? problem.subject : `${problem.subject}: ${problem.path}`;
  const lines = [
    where,
    `  came:     ${problem.came}`,
    `  expected: ${problem.expected}`,
    `  to do:    ${problem.remedy}`,
  ];
  if (problem.source !== undefined) lines.push(`  source:   ${problem.source}`);
  return lines.join("\n");
}

const LONGEST_SHOWN = 120;

/** Of a list of lists of lists; what one thing standing in many places adds up to may be more than fits into memory. */
const MOST_PARTS_SHOWN = 1000;

/** A value as an error shows it: JSON, cut at 120 characters, control characters escaped. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "function") return "a function";
  const text = asText(value);
  const points = [...text.slice(0, 2 * LONGEST_SHOWN + 2)];
  if (points.length <= LONGEST_SHOWN) return text;
  return `${points.slice(0, LONGEST_SHOWN).join("")}… (${text.length} characters)`;
}

function asText(value: unknown): string {
  // JSON writes NaN and Infinity as null.
  if (typeof value === "bigint" || typeof value === "symbol" || typeof value === "number") return String(value);
  try {
    let parts = 0;
    const briefly = (_key: string, part: unknown) => (++parts > MOST_PARTS_SHOWN ? "…" : part);
    return escapeInvisible(JSON.stringify(value, briefly) ?? "something that can't be shown");
  } catch {
    return "something that can't be shown";
  }
}

/** JSON leaves these as they are: the rest of the control characters, and those that turn or hide the text around them. */
function escapeInvisible(json: string): string {
  return json.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** `["stages", "production", 0]` → `stages.production[0]`; a key that is no plain word is quoted. */
export function formatPath(path: readonly PropertyKey[]): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else if (/^[\w-]+$/.test(String(part))) text += text === "" ? String(part) : `.${String(part)}`;
    else text += `[${show(String(part))}]`;
  }
  return text;
}

/** `main`, `staging` and `production`: the candidates of a reference, for the "expected" of a problem. */
export function oneOf(candidates: Iterable<string>, what: string): string {
  const all = [...candidates];
  if (all.length === 0) return `one of the ${what}, of which there are none`;
  const shown = all.slice(0, 12).map((candidate) => `"${candidate}"`);
  if (all.length > shown.length) shown.push(`… (${all.length} in all)`);
  return `one of the ${what}: ${shown.join(", ")}`;
}

/** The candidate that was probably meant, as a sentence to append to a remedy; empty when none is near. */
export function didYouMean(came: string, candidates: Iterable<string>): string {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(came.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - came.length) >= bestDistance) continue;
    const distance = editDistance(came.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best === undefined ? "" : `; did you mean "${best}"?`;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, substitution));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
