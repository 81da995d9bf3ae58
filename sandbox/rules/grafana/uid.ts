import type { Inspection } from "../inspection";

/** `ValidateUID` in pkg/util/shortid_generator.go of github.com/grafana/grafana. */
export function checkUid(config: Inspection, path: string): void {
  config.matches(path, /^[A-Za-z0-9_-]{1,40}$/, "a uid: 1 to 40 of A–Z, a–z, 0–9, - and _");
}
