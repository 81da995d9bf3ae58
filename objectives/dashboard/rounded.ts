/** Without the noise of binary fractions: 1 − 0.999 is 0.0010000000000000009 otherwise. */
export function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
