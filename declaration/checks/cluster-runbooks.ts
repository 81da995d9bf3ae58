import { show } from "../problem";
import type { Service } from "../service";
import type { CheckContext } from "./context";

type Runbook = Service["runbooks"][number];

interface Need {
  readonly runbook: Runbook;
  readonly lacks: (service: Service) => boolean;
  readonly expected: string;
  readonly remedy: string;
  /** Why a service that has it must have the runbook. @default - it may do without */
  readonly because?: string;
}

/** What the runbooks on Kubernetes speak of; without it they would have nothing to say. */
const NEEDS: readonly Need[] = [
  {
    runbook: "canary",
    lacks: ({ cluster }) => Object.values(cluster?.stages ?? {}).every(({ canary }) => canary === undefined),
    expected: "a stage in a cluster with a canary",
    remedy: "declare cluster.stages.<stage>.canary, or drop the runbook",
    because: "a canary without a verdict waits for a person, who must know what to do",
  },
  {
    runbook: "rollback",
    lacks: withoutTrain,
    expected: "a release train",
    remedy: "declare cluster.train, or drop the runbook",
    because: "a rollback freezes releases, and somebody must know who may go on",
  },
  {
    runbook: "migration",
    lacks: withoutTrain,
    expected: "a release train",
    remedy: "declare cluster.train, or drop the runbook",
  },
  {
    runbook: "incident-classes",
    lacks: ({ labels }) => !Object.hasOwn(labels, "incident"),
    expected: 'the label "incident" in labels: the form by which incidents are opened sets it',
    remedy: "declare the label, or drop the runbook",
  },
];

function withoutTrain({ cluster }: Service): boolean {
  return cluster?.train === undefined;
}

/** Runbooks have what they speak of, and what people must decide has its runbook. */
export function clusterRunbookProblems({ service, report }: CheckContext): void {
  service.runbooks.forEach((runbook, index) => {
    for (const need of NEEDS) {
      if (need.runbook !== runbook || !need.lacks(service)) continue;
      report(["runbooks", index], {
        came: `${show(runbook)} without what it is about`,
        expected: need.expected,
        remedy: need.remedy,
      });
    }
  });
  for (const { runbook, lacks, because } of NEEDS) {
    if (because === undefined || lacks(service) || service.runbooks.includes(runbook)) continue;
    report(["runbooks"], {
      came: show(service.runbooks),
      expected: `${show(runbook)} among them: ${because}`,
      remedy: "add it",
    });
  }
}
