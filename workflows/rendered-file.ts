/** A file of a service's repository, whole. */
export interface RenderedFile {
  /** Path in the repository, without a leading slash. */
  readonly path: string;
  /** The whole text; it ends with one line break. */
  readonly content: string;
  /** Whether Git keeps it with the executable bit. */
  readonly executable: boolean;
}
