import { type AttributePath, wirePath } from "./attribute-path";

/** Something the sandbox has to say about a request. Every summary starts with `sandbox:`. */
export interface Diagnostic {
  readonly severity: "ERROR" | "WARNING";
  readonly summary: string;
  readonly detail: string;
  /** @default - it is about the whole object */
  readonly path?: AttributePath;
}

/** A refusal that ends a request, as the real provider's or its API's would. */
export class Refusal extends Error {
  public constructor(
    public readonly summary: string,
    public readonly detail: string,
    public readonly path?: AttributePath,
  ) {
    super(`sandbox: ${summary}: ${detail}`);
    this.name = "Refusal";
  }

  public diagnostic(): Diagnostic {
    const { summary, detail, path } = this;
    return { severity: "ERROR", summary: `sandbox: ${summary}`, detail, ...(path === undefined ? {} : { path }) };
  }
}

/** A diagnostic as the plugin protocol writes it. */
export function wireDiagnostic({ severity, summary, detail, path }: Diagnostic): object {
  return {
    severity,
    summary,
    detail,
    ...(path === undefined || path.length === 0 ? {} : { attribute: wirePath(path) }),
  };
}
