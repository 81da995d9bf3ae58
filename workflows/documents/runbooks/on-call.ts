import type { Edge } from "../../../declaration/edge";
import { flyHealthUrl } from "../../../declaration/fly";
import { healthUrl } from "../../../declaration/health-url";
import { railwayHealthUrl } from "../../../declaration/railway-health-url";
import { runbookPath } from "../../../declaration/runbook-paths";
import { ROLLBACK_SCRIPT } from "../../fly/rollback-script";
import type { RenderedFile } from "../../rendered-file";
import { code, markdownFile, shell } from "../markdown";
import { minutes } from "../periods";
import { responsibilityTable } from "../responsibility-table";
import { sentence } from "../sentence";
import { teamMention } from "../team-mention";
import { abortFirst, clusterByHand, clusterChanges, clusterHealthUrl, clusterLogs } from "./cluster-on-call";
import { type Delivery, deliveryOf, rollbackCommand } from "./delivery";
import { ROLLBACK_SECTION } from "./escalation";
import { flakyChecks } from "./flaky-checks";
import { restoreRunbooks } from "./restore-runbooks";
import { type Block, type RunbookSource, repositoryOf } from "./runbook-source";

/** What whoever is called does first, in order, with the commands of this service. */
export function onCallRunbook(source: RunbookSource): RenderedFile {
  const { service, organization } = source;
  const { channel, respondWithinMinutes, escalateTo } = service.onCall;
  const escalation = teamMention(escalateTo, service, organization);
  const written = service.runbooks.includes("incident-template");
  return markdownFile(runbookPath("on-call"), service.name, [
    `# On call: first response for ${service.name}`,
    [
      `- Channel: ${code(channel)}. Everything that is found or done is said there, with the time.`,
      `- First response: within ${minutes(respondWithinMinutes)} of the alert.`,
      `- Escalation: after ${minutes(respondWithinMinutes)} without an answer, or when the steps below don't end it, to ${code(escalateTo)} (${code(escalation)}).`,
    ],
    "## 1. Take it",
    `Say in ${code(channel)} that you have it. Open the incident; its timeline is written as things happen:`,
    shell(
      `gh issue create --repo ${repositoryOf(source)}${Object.hasOwn(service.labels, "incident") ? " --label incident" : ""} --title "Incident: <what customers see>"${written ? ` --body-file ${runbookPath("incident-template")}` : ""}`,
    ),
    "## 2. See what customers see",
    ...health(source),
    "## 3. Find what changed",
    ...changes(source),
    `## ${ROLLBACK_SECTION}`,
    ...rollback(source),
    "## 5. Hand over or close",
    [
      "- It is over when the health check answers 200 for ten minutes and the errors are back where they were.",
      `- Say so in the channel, close the issue with what ended it, and write it up within five working days${written ? `: \`${runbookPath("incident-template")}\`` : ""}.`,
      `- A secret may have been seen by somebody: ${service.runbooks.includes("secret-leak") ? "go on with `docs/runbooks/secret-leak.md`" : `call ${code(escalateTo)}`}.`,
    ],
    "## Who does what",
    responsibilityTable(service),
    ...flakyChecks(source),
  ]);
}

function health(source: RunbookSource): readonly Block[] {
  const { service } = source;
  const urls = Object.keys(service.stages).flatMap((stage) => {
    const url = healthUrlOf(source, stage);
    return url === undefined
      ? []
      : [
          `curl --silent --show-error --output /dev/null --write-out '%{http_code} in %{time_total} s\\n' ${url} # ${stage}`,
        ];
  });
  if (urls.length === 0) return ["Ask the service's own health check, and note what it answers."];
  const { edge } = service;
  return [
    shell(...urls),
    ...(edge === undefined ? [...railwayLogs(source), ...flyLogs(source), ...clusterLogs(source)] : workerLogs(edge)),
  ];
}

function healthUrlOf(source: RunbookSource, stage: string): string | undefined {
  const { service } = source;
  if (service.edge !== undefined) return healthUrl(service.edge, stage);
  return railwayHealthUrl(service, stage) ?? flyHealthUrl(service, stage) ?? clusterHealthUrl(source, stage);
}

function workerLogs({ workers }: Edge): readonly Block[] {
  return [
    "Anything but 200 means that customers notice. The errors as they happen (needs a token with `Workers Tail Read`):",
    shell(...Object.entries(workers).map(([stage, name]) => `npx wrangler tail ${name} --status error # ${stage}`)),
    "If Cloudflare itself has trouble, <https://www.cloudflarestatus.com> says so: then skip to step 5 and keep people informed.",
  ];
}

function railwayLogs({ service: { railway } }: RunbookSource): readonly Block[] {
  if (railway === undefined) return [];
  const logs = Object.entries(railway.environments).map(
    ([stage, environment]) => `railway logs --service ${railway.service} --environment ${environment} # ${stage}`,
  );
  return [
    "Anything but 200 means that customers notice. The logs of what runs (needs `railway login` and, once in the working copy, `railway link`):",
    shell(...logs),
    "If Railway itself has trouble, <https://status.railway.com> says so: then skip to step 5 and keep people informed.",
  ];
}

function flyLogs({ service: { fly } }: RunbookSource): readonly Block[] {
  if (fly === undefined) return [];
  const apps = Object.entries(fly.stages);
  return [
    "Anything but 200 means that customers notice. Machines with their checks, and the logs of what runs (needs `flyctl auth login`):",
    shell(
      ...apps.map(([stage, { app }]) => `flyctl status --app ${app} # ${stage}`),
      ...apps.map(([stage, { app }]) => `flyctl logs --app ${app} --no-tail # ${stage}`),
    ),
    "If Fly itself has trouble, <https://status.flyio.net> says so: then skip to step 5 and keep people informed.",
  ];
}

function changes(source: RunbookSource): readonly Block[] {
  const { service } = source;
  const repository = repositoryOf(source);
  const delivery = deliveryOf(service);
  if (delivery === undefined) return [shell(`gh run list --repo ${repository} --branch main --limit 10`)];
  const worker = service.edge?.workers[delivery.stage];
  return [
    shell(
      `gh run list --repo ${repository} --workflow ${delivery.workflow} --limit 5`,
      `gh release list --repo ${repository} --limit 5`,
      ...(worker === undefined ? [] : [`npx wrangler deployments list --name ${worker}`]),
      ...clusterChanges(source, delivery.stage),
    ),
    `Most incidents begin with a release: compare the time of the newest tag ${code(delivery.tags)} with the beginning of the errors. Drift is the next suspect: did somebody change something by hand?`,
  ];
}

function rollback(source: RunbookSource): readonly Block[] {
  const { service } = source;
  const delivery = deliveryOf(service);
  const restores = restoreRunbooks(service);
  if (delivery === undefined) return ["Undo the newest change: revert its pull request and merge the revert."];
  const repository = repositoryOf(source);
  return [
    ...abortFirst(source, delivery.stage),
    ...bringBack(delivery, repository),
    ...byHand(source, delivery.stage),
    `A rollback moves code, never data. What a release did to the data stands in its notes, under "Migrations": ${sentence(delivery.migrationNotes)}${restores === "" ? "" : ` If data is damaged, go on with ${restores}.`}`,
  ];
}

/** The way back by the workflow. */
function bringBack(delivery: Delivery, repository: string): readonly Block[] {
  const command = rollbackCommand(delivery, repository);
  if (delivery.backTo === "what was good before") {
    return [
      "Bring back what was good before; the workflow that brought the bad version knows it, and asks no metrics. Releases are frozen from then on:",
      shell(command),
    ];
  }
  return [
    "Release the last commit that was good; the pipeline that brought the bad one brings it back:",
    shell(
      `git fetch --tags origin`,
      `git tag --list '${delivery.tags}' --sort=-refname --format='%(refname:short) %(if)%(*objectname)%(then)%(*objectname)%(else)%(objectname)%(end)' | head -5`,
      command,
    ),
  ];
}

/** The way back without GitHub. */
function byHand(source: RunbookSource, stage: string): readonly Block[] {
  const { edge, fly, railway } = source.service;
  const worker = edge?.workers[stage];
  if (worker !== undefined) {
    return [
      `Only if GitHub itself is down: the previous version of the Worker, by hand, with a token of your own. Say it in the channel; the next release must follow.`,
      shell(`npx wrangler rollback --name ${worker} --message "<incident>"`),
    ];
  }
  if (fly !== undefined) {
    return [
      "Only if GitHub itself is down: in a clone of the repository, with a deploy token of the app. Say it in the channel; the next release must follow.",
      shell(
        "read -rs FLY_API_TOKEN && export FLY_API_TOKEN # paste it; it is not shown",
        `${ROLLBACK_SCRIPT} --stage ${stage} --previous --confirm ${fly.stages[stage]?.app ?? stage}`,
      ),
    ];
  }
  if (railway === undefined) return clusterByHand(source, stage);
  return [
    `Only if GitHub itself is down: Railway → ${code(railway.service)} → environment ${code(railway.environments[stage] ?? stage)} → Deployments → the last good one → Rollback. Say it in the channel; the next release must follow.`,
  ];
}
