export interface PrometheusProblemProps {
  readonly came: string;
  readonly expected: string;
  readonly remedy: string;
  /** Whether other queries would fare the same. */
  readonly concerns: "server" | "query";
  /** Waiting may mend it. */
  readonly passing: boolean;
  /** The server asks to wait so long. @default - it doesn't say */
  readonly retryAfterSeconds?: number | undefined;
}

/** Prometheus did not answer a query, or not so that the answer can be relied on. Never a figure, and never the end of a healthy gate. */
export class PrometheusProblem extends Error {
  override readonly name = "PrometheusProblem";

  constructor(readonly props: PrometheusProblemProps) {
    super(`${props.came}; expected ${props.expected}; ${props.remedy}`);
  }
}
