import { ciProblems } from "./checks/ci";
import type { CheckContext } from "./checks/context";
import { edgeProblems } from "./checks/edge";
import { organizationProblems } from "./checks/organization";
import { ownersProblems } from "./checks/owners";
import { peopleProblems } from "./checks/people";
import { mainProblems } from "./checks/protected-main";
import { releaseProblems } from "./checks/release";
import { repositoryProblems } from "./checks/repository";
import { sealedProblems } from "./checks/sealed";
import { settingsProblems } from "./checks/settings";
import { stagesProblems } from "./checks/stages";
import { statefulProblems } from "./checks/stateful";
import { uniqueProblems } from "./checks/unique";
import type { Fleet, ServiceEntry } from "./fleet";
import { hostileText } from "./hostile-text";
import { Organization } from "./organization";
import { DeclarationError, formatPath, type Problem, show } from "./problem";
import { SealedSecrets } from "./sealed";
import { Service } from "./service";
import { checkShape, EVERYTHING } from "./shape";
import { StatefulRecord } from "./stateful";

interface Check {
  /** Top-level sections whose shape must be right before the check can run. */
  readonly reads: readonly (keyof Service)[];
  readonly run: (context: CheckContext) => void;
}

const CHECKS: readonly Check[] = [
  { reads: ["owners", "responsibilities"], run: ownersProblems },
  { reads: ["repository"], run: repositoryProblems },
  { reads: ["main", "ci", "repository"], run: mainProblems },
  { reads: ["ci", "settings"], run: ciProblems },
  { reads: ["stages", "owners", "repository"], run: stagesProblems },
  { reads: ["settings", "stages", "owners", "edge"], run: settingsProblems },
  { reads: ["edge", "stages", "settings"], run: edgeProblems },
  { reads: ["release", "stages", "settings", "edge", "repository"], run: releaseProblems },
  { reads: ["labels", "flakes", "onCall", "owners", "runbooks", "edge"], run: peopleProblems },
  { reads: ["settings", "stages", "owners"], run: sealedProblems },
  { reads: ["edge"], run: statefulProblems },
];

/** Every mistake of a fleet's declarations, at once; empty when there is none. Never throws. */
export function validate(fleet: Fleet): readonly Problem[] {
  const problems: Problem[] = [...hostileText("organization", fleet.organization)];
  const shape = checkShape("organization", Organization, fleet.organization);
  problems.push(...shape.problems);
  const organizationReadable = shape.unreadable.size === 0;
  if (organizationReadable) problems.push(...organizationProblems(fleet.organization));
  const readable: Service[] = [];
  fleet.services.forEach((entry, index) => {
    const report = serviceProblems(entry, index, organizationReadable ? fleet.organization : undefined);
    problems.push(...report.problems);
    if (report.readable) readable.push(entry.service);
  });
  problems.push(...uniqueProblems(readable));
  return problems;
}

/** Throws a `DeclarationError` with every mistake, if there is any. */
export function assertValid(fleet: Fleet): void {
  const problems = validate(fleet);
  if (problems.length > 0) throw new DeclarationError(problems);
}

function serviceProblems(entry: ServiceEntry, index: number, organization: Organization | undefined) {
  const { service, sealed, stateful } = entry;
  const subject = typeof service?.name === "string" ? `service ${show(service.name)}` : `services[${index}]`;
  const shape = checkShape(subject, Service, service);
  const sealedShape = checkShape(`${subject}, sealed secrets`, SealedSecrets, sealed, true);
  const recordShape = checkShape(`${subject}, stateful record`, StatefulRecord, stateful);
  const problems: Problem[] = [
    ...hostileText(subject, service),
    ...shape.problems,
    ...sealedShape.problems,
    ...recordShape.problems,
  ];
  const readable = !shape.unreadable.has(EVERYTHING);
  if (readable && organization !== undefined) {
    const context: CheckContext = {
      organization,
      service,
      sealed: sealedShape.unreadable.size === 0 ? sealed : {},
      stateful: recordShape.unreadable.size === 0 ? stateful : {},
      report: (path, problem) => problems.push({ subject, path: formatPath(path), ...problem }),
    };
    for (const check of CHECKS) {
      if (check.reads.every((section) => !shape.unreadable.has(section))) check.run(context);
    }
  }
  return {
    problems,
    readable: readable && !["name", "stages", "edge"].some((section) => shape.unreadable.has(section)),
  };
}
