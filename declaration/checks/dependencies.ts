import { RENOVATE_BRANCHES } from "../allowed-branches";
import { environmentsOf } from "../environments";
import { show } from "../problem";
import { isTimeZone } from "../time-zone";
import type { CheckContext } from "./context";
import { readsSetting } from "./reads-setting";
import { refersTo } from "./refers-to";

const PATH = ["dependencies"];

/** Renovate finds its token without anybody's approval, from main only, and what it says of hours and labels is there. */
export function dependenciesProblems(context: CheckContext): void {
  const { service, report } = context;
  const { dependencies } = service;
  if (dependencies === undefined) return;
  const unattended = environmentsOf(service).filter((environment) => environment.unattended);
  const found = refersTo(
    report,
    [...PATH, "environment"],
    dependencies.environment,
    unattended.map(({ name }) => name),
    "unattended environments",
    "declare it in stages.<stage>.unattended: one with reviewers would have them approve every run",
  );
  readsSetting(context, [...PATH, "token"], dependencies.token, "secret", found ? [dependencies.environment] : []);
  const environment = unattended.find(({ name }) => name === dependencies.environment);
  if (environment !== undefined && (environment.branches.length !== 1 || environment.branches[0] !== "main")) {
    report(["stages", environment.stage, "unattended", environment.name, "branches"], {
      came: show(environment.branches),
      expected: '["main"]: a token that opens pull requests is read by reviewed workflows only',
      remedy: 'write ["main"]',
    });
  }
  hoursProblems(context, dependencies.hours);
  const labels = Object.keys(service.labels);
  refersTo(report, [...PATH, "label"], dependencies.label, labels, "labels", "declare the label");
  refersTo(
    report,
    [...PATH, "vulnerabilityLabel"],
    dependencies.vulnerabilityLabel,
    labels,
    "labels",
    "declare the label",
  );
  if (dependencies.vulnerabilityLabel === dependencies.label) {
    report([...PATH, "vulnerabilityLabel"], {
      came: show(dependencies.vulnerabilityLabel),
      expected: "another label than the one that all of these pull requests have",
      remedy: "declare one of its own, such as labels.vulnerability",
    });
  }
  if (!service.repository.vulnerabilityAlerts) {
    report(["repository", "vulnerabilityAlerts"], {
      came: "false",
      expected: "true: Renovate is told of vulnerabilities by GitHub's alerts",
      remedy: "write true, or remove dependencies",
      source: "https://docs.renovatebot.com/configuration-options/#vulnerabilityalerts",
    });
  }
  const named = service.repository.branchNames.indexOf(RENOVATE_BRANCHES);
  if (named >= 0) {
    report(["repository", "branchNames", named], {
      came: show(RENOVATE_BRANCHES),
      expected: "no pattern for Renovate's branches: they are allowed because dependencies is declared",
      remedy: "remove it",
    });
  }
}

function hoursProblems({ report }: CheckContext, hours: NonNullable<CheckContext["service"]["dependencies"]>["hours"]) {
  const path = [...PATH, "hours"];
  if (!isTimeZone(hours.timeZone)) {
    report([...path, "timeZone"], {
      came: show(hours.timeZone),
      expected: "a time zone of the IANA database",
      remedy: 'write e.g. "Europe/Berlin" or "UTC"',
      source: "https://www.iana.org/time-zones",
    });
  }
  if (hours.from >= hours.to) {
    report(path, {
      came: `from ${hours.from} to ${hours.to}`,
      expected: "an end after the beginning",
      remedy: "write hours of one day, such as from: 8, to: 17",
    });
  }
  hours.days.forEach((day, index) => {
    if (hours.days.indexOf(day) === index) return;
    report([...path, "days", index], {
      came: `${show(day)} a second time`,
      expected: "each once",
      remedy: "remove one",
    });
  });
}
