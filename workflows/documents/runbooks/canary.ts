import type { Canary } from "../../../declaration/cluster";
import { gateTemplate, stepTemplate, watchTemplate } from "../../../declaration/cluster-names";
import { runbookPath } from "../../../declaration/runbook-paths";
import type { RenderedFile } from "../../rendered-file";
import { time } from "../figures";
import { code, markdownFile, prose, shell, table } from "../markdown";
import { promise } from "../objective-words";
import { minutes } from "../periods";
import { CANARY_SIGHTS, ROLLOUT_PHASES } from "./canary-phases";
import { type ClusterPlace, clusterPlaces, kubectl, rollouts } from "./cluster-places";
import { deliveryOf } from "./delivery";
import { escalation } from "./escalation";
import { notified } from "./notified";
import { type Block, type RunbookSource, repositoryOf } from "./runbook-source";

interface Stepped {
  readonly place: ClusterPlace;
  readonly canary: Canary;
}

/** How a canary is read, promoted and aborted, and what no verdict means. Undefined without a canary. */
export function canaryRunbook(source: RunbookSource): RenderedFile | undefined {
  const { service } = source;
  const stepped = clusterPlaces(source).flatMap((place): readonly Stepped[] => {
    const canary = service.cluster?.stages[place.stage]?.canary;
    return canary === undefined ? [] : [{ place, canary }];
  });
  if (stepped.length === 0) return undefined;
  return markdownFile(runbookPath("canary"), service.name, [
    `# Canaries of ${service.name}`,
    "A new version gets its share of the requests step by step, and is compared with what was promised, by the cluster's own controller (Argo Rollouts): it goes on when a workflow or a laptop that watched it dies. The version before keeps all its pods until the end, so going back takes seconds.",
    ...stepped.flatMap((entry) => one(source, entry)),
    "## What its phase means",
    table(["Phase", "Message", "What it means", "What to do"], ROLLOUT_PHASES),
    "## What to do",
    table(["What you see", "What to do"], CANARY_SIGHTS),
    ...noVerdict(source, stepped),
    ...byHand(stepped),
    "## It doesn't end",
    escalation(source),
  ]);
}

function one(source: RunbookSource, { place, canary }: Stepped): readonly Block[] {
  const { service } = source;
  const observed = (canary.steps.length - 1) * canary.observeSeconds;
  const train = service.cluster?.train;
  return [
    `## In ${place.stage}`,
    table(
      ["What", "Value"],
      [
        ["Where", `context ${code(place.context)}, namespace ${code(place.namespace)}`],
        ["Steps", canary.steps.map((percent) => `${percent} %`).join(" → ")],
        ["Each but the last is watched for", time(canary.observeSeconds)],
        ["All of it takes at least", time(observed)],
        ...(train?.stage === place.stage
          ? [["Taken back when not at its end after", minutes(train.withinMinutes)]]
          : []),
        ["Stopped at any time by", code(watchTemplate(service))],
        ["Each step must pass", code(stepTemplate(service))],
        ["Before it, the stage must pass", code(gateTemplate(service))],
        ...Object.entries(service.objectives ?? {}).map(([name, objective]) => [
          `Judged by ${code(name)}`,
          `${prose(objective.description)}: ${promise(objective)}; no verdict with fewer than ${objective.minimumEvents.toLocaleString("en")} events`,
        ]),
      ],
    ),
    "Where it is, and how it goes on (stays until you interrupt it):",
    shell(rollouts(place, "get rollout", "--watch")),
    "What was measured, newest last; and one of them in full:",
    shell(
      kubectl(place, "get analysisruns.argoproj.io --sort-by .metadata.creationTimestamp"),
      kubectl(
        place,
        `get analysisruns.argoproj.io <name> --output jsonpath='{.status.phase}{": "}{.status.message}{"\\n"}{range .status.metricResults[*]}{.name}{" "}{.phase}{" "}{.measurements[*].value}{" "}{.message}{"\\n"}{end}'`,
      ),
    ),
  ];
}

function noVerdict(source: RunbookSource, stepped: readonly Stepped[]): readonly Block[] {
  const { service } = source;
  const delivery = deliveryOf(service);
  const { train } = service.cluster ?? {};
  const labels = [...new Set(stepped.map(({ canary }) => code(canary.versionLabel)))].join(", ");
  return [
    "## No verdict",
    "No verdict is no pass. The canary stays where it is, with its share of the requests; nothing goes on and nothing is taken back until somebody decides.",
    [
      `1. **Why?** The analysis in full (above) says it. \`Inconclusive\` is: too few requests in the window and in the one after it, or series without the label ${labels}, by which versions are told apart.`,
      "2. **Too few requests**: abort, and release again when there is traffic. Promoting what nobody has used proves nothing.",
      "3. **No label**: abort; repair the scrape configuration, see the label on the dashboard, and release again.",
      `4. **It can't wait**: ${train === undefined ? "whoever is accountable" : notified(train.unfreeze, source)} decides by what else there is to be seen (logs, the health check, customers), and says so in the channel, with the reason. One of the two:`,
    ],
    shell(
      ...stepped.flatMap(({ place }) => [
        `${rollouts(place, "promote")} # on to the next step`,
        `${rollouts(place, "abort")} # back to the version before`,
      ]),
    ),
    ...(delivery?.backTo !== "what was good before"
      ? []
      : [
          "Then have the train see the end and write it down, with the same commit:",
          shell(
            `gh workflow run ${delivery.workflow} --repo ${repositoryOf(source)} --ref main --field action=resume --field commit=<full SHA> --field reason="<who decided, and why>"`,
          ),
        ]),
    "A metrics store that doesn't answer is another case: after five minutes the canary aborts itself, for nobody can watch it. Before that it waits.",
  ];
}

function byHand(stepped: readonly Stepped[]): readonly Block[] {
  return [
    "## By hand",
    "Aborting is always allowed, to anyone on call. After an abort the Rollout is `Degraded` and still names the bad image: roll back, so that what is declared is what runs, or try the same version again:",
    shell(...stepped.map(({ place }) => rollouts(place, "retry rollout"))),
    "`promote --full` goes past all steps and all verdicts. It is for going back, and for a fix that can't wait for the steps; the second needs a second person, and a line in the incident.",
    shell(...stepped.map(({ place }) => rollouts(place, "promote", "--full"))),
  ];
}
