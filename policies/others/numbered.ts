/** The recommendations of a section of a benchmark: `5.3.1` and `5.3.2`, of the section `5.3` with two. */
export function numbered(section: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${section}.${index + 1}`);
}
