import { show } from "../problem";
import type { CheckContext } from "./context";

/** Of a private or internal repository it is 400. */
const MOST_PUBLIC_DAYS = 90;

/** Evidence is kept as an artifact, which GitHub does for so long. */
export function artifactDays({ service, report }: CheckContext, path: readonly PropertyKey[], days: number): void {
  if (service.repository?.visibility !== "public" || days <= MOST_PUBLIC_DAYS) return;
  report(path, {
    came: show(days),
    expected: `at most ${MOST_PUBLIC_DAYS} days: GitHub keeps artifacts of a public repository no longer`,
    remedy: `write ${MOST_PUBLIC_DAYS} or less`,
    source:
      "https://docs.github.com/en/organizations/managing-organization-settings/configuring-the-retention-period-for-github-actions-artifacts-and-logs-in-your-organization",
  });
}
