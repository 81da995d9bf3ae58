import type { Belonging } from "./rule";

/** Something that rules judge: as `conftest` would read it. */
export interface PolicyDocument extends Belonging {
  /** Of a stack its name, of a file its path. Of several in one file, with the number: `chart.yaml#2`. */
  readonly name: string;
  /** A stack's synthesized configuration, a file of a service's repository or, of a stage, an object of its release; or a file that was given. */
  readonly kind: "stack" | "file" | "given";
  /** @default - the organization's, or nobody's */
  readonly service?: string | undefined;
  /** Its text, as JSON. */
  readonly json: string;
}
