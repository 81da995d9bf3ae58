/** A chart that lies in a directory, with what tells one state of it from another. */
export interface LocalChart {
  /** Its directory, as Terraform finds it from where it runs: relative to the stack's directory. */
  readonly path: string;
  /** `version` of its Chart.yaml. */
  readonly version: string;
  /** SHA-256 of its files, hexadecimal. */
  readonly sha256: string;
}
