import { MAIN_IS_GREEN } from "../freeze-when-red";
import { FREEZE_LABEL } from "../phase";
import { show } from "../problem";
import type { CheckContext } from "./context";
import { refersTo } from "./refers-to";

const PATH = ["main", "freezeWhenRed"];

/** A freeze has its labels, somebody who may end it, and a check of its own. */
export function freezeProblems({ service, report }: CheckContext): void {
  const freeze = service.main.freezeWhenRed;
  if (freeze === undefined) return;
  const labels = Object.keys(service.labels);
  refersTo(report, [...PATH, "repairLabel"], freeze.repairLabel, labels, "labels", "declare the label");
  if (freeze.repairLabel === FREEZE_LABEL) {
    report([...PATH, "repairLabel"], {
      came: show(freeze.repairLabel),
      expected: "another label than the one that all pull requests get while main is red",
      remedy: 'declare one of its own, such as labels["fix/main"]',
    });
  }
  // From its phase on, a service with phases is told so already.
  if (service.phase === undefined && !labels.includes(FREEZE_LABEL)) {
    report(["labels", FREEZE_LABEL], {
      came: "nothing",
      expected: "the label that pull requests get while main is red",
      remedy: `declare labels["${FREEZE_LABEL}"], or remove main.freezeWhenRed`,
    });
  }
  if (!Object.values(service.owners).some(({ access }) => access === "maintain" || access === "admin")) {
    report(PATH, {
      came: "owners of whom none may maintain the repository",
      expected: "somebody who can say which pull request repairs main, or a red main could never be repaired",
      remedy: 'give one of owners access: "maintain"',
    });
  }
  for (const [id, job] of Object.entries(service.ci.jobs)) {
    if ((job.name ?? id) !== MAIN_IS_GREEN) continue;
    report(["ci", "jobs", id, "name"], {
      came: `${show(MAIN_IS_GREEN)}, which the freeze reports`,
      expected: "a name that nothing else reports",
      remedy: "rename the job",
    });
  }
}
