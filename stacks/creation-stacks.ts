/**
 * Builds or synthesizes stacks without what cdktf notes for each token and each computed attribute: where it was made, with every frame, through source maps. It
 * takes a third of a synth, and cdktf shows it only in its own error about a token that can't be resolved. Errors that are thrown keep their
 * stacks, as those are formatted when somebody reads them.
 */
export function withoutCreationStacks<T>(build: () => T): T {
  const format = Error.prepareStackTrace;
  Error.prepareStackTrace = () => "";
  try {
    return build();
  } finally {
    Error.prepareStackTrace = format as NonNullable<typeof format>;
  }
}
