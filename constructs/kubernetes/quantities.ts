/**
 * Quantities as the API server writes them back: the largest suffix that leaves a whole number. Another way of writing the same (`4000m`
 * for `4`) comes back changed, and every plan would differ.
 * https://github.com/kubernetes/apimachinery/blob/v0.33.4/pkg/api/resource/quantity.go ("canonical form")
 */
const DECIMAL = ["m", "", "k", "M", "G", "T", "P", "E"] as const;
const BINARY = ["Mi", "Gi", "Ti", "Pi", "Ei"] as const;

/** 4000 → `4`, 250 → `250m`. @throws Error when it is no whole number from 0 on */
export function cpuQuantity(millis: number): string {
  return canonical(millis, 1000, DECIMAL);
}

/** 1024 → `1Gi`, 1536 → `1536Mi`. @throws Error when it is no whole number from 0 on */
export function memoryQuantity(mebibytes: number): string {
  return canonical(mebibytes, 1024, BINARY);
}

/** 20 → `20`, 1000 → `1k`. @throws Error when it is no whole number from 0 on */
export function countQuantity(count: number): string {
  return canonical(count, 1000, DECIMAL.slice(1));
}

function canonical(amount: number, base: number, suffixes: readonly string[]): string {
  if (!Number.isSafeInteger(amount) || amount < 0) {
    throw new Error(`${amount} can't be a quantity; give a whole number from 0 on`);
  }
  if (amount === 0) return "0";
  let rest = amount;
  let power = 0;
  while (rest % base === 0 && power < suffixes.length - 1) {
    rest /= base;
    power += 1;
  }
  return `${rest}${suffixes[power]}`;
}
