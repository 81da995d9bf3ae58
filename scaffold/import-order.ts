/** Characters of module paths, as the formatter orders them; digits and letters follow in their own order. */
const FIRST = "/.-";

/**
 * Orders the paths of modules of one directory as the formatter orders imports: by character, with . and - before digits before letters, and
 * numbers by their length first.
 * @see https://biomejs.dev/assist/actions/organize-imports/ ("natural" ordering; held against the formatter itself by a test)
 */
export function byImportOrder(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const order = comparePart(left[index] ?? "", right[index] ?? "");
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function parts(path: string): readonly string[] {
  return path.match(/\d+|\D/g) ?? [];
}

function comparePart(a: string, b: string): number {
  if (a === b) return 0;
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0) return rank;
  return a.length === b.length ? (a < b ? -1 : 1) : a.length - b.length;
}

function rankOf(part: string): number {
  const first = FIRST.indexOf(part);
  if (first >= 0) return first;
  return /\d/.test(part) ? FIRST.length : FIRST.length + 1;
}
