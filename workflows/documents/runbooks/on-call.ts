import { healthUrl } from "../../../declaration/health-url";
import type { RenderedFile } from "../../rendered-file";
import { code, markdownFile, prose, shell } from "../markdown";
import { minutes } from "../periods";
import { responsibilityTable } from "../responsibility-table";
import { teamMention } from "../team-mention";
import { flakyChecks } from "./flaky-checks";
import { type Block, type RunbookSource, repositoryOf } from "./runbook-source";

/** What whoever is called does first, in order, with the commands of this service. */
export function onCallRunbook(source: RunbookSource): RenderedFile {
  const { service, organization } = source;
  const { channel, respondWithinMinutes, escalateTo } = service.onCall;
  const escalation = teamMention(escalateTo, service, organization);
  return markdownFile("docs/runbooks/on-call.md", service.name, [
    `# On call: first response for ${service.name}`,
    [
      `- Channel: ${code(channel)}. Everything that is found or done is said there, with the time.`,
      `- First response: within ${minutes(respondWithinMinutes)} of the alert.`,
      `- Escalation: after ${minutes(respondWithinMinutes)} without an answer, or when the steps below don't end it, to ${code(escalateTo)} (${code(escalation)}).`,
    ],
    "## 1. Take it",
    `Say in ${code(channel)} that you have it. Open the incident; its timeline is written as things happen:`,
    shell(
      `gh issue create --repo ${repositoryOf(source)}${Object.hasOwn(service.labels, "incident") ? " --label incident" : ""} --title "Incident: <what customers see>" --body-file docs/runbooks/incident-template.md`,
    ),
    "## 2. See what customers see",
    ...health(source),
    "## 3. Find what changed",
    ...changes(source),
    "## 4. Stop the damage before you look for the cause",
    ...rollback(source),
    "## 5. Hand over or close",
    [
      "- It is over when the health check answers 200 for ten minutes and the errors are back where they were.",
      "- Say so in the channel, close the issue with what ended it, and write it up within five working days: `docs/runbooks/incident-template.md`.",
      `- A secret may have been seen by somebody: ${service.runbooks.includes("secret-leak") ? "go on with `docs/runbooks/secret-leak.md`" : `call ${code(escalateTo)}`}.`,
    ],
    "## Who does what",
    responsibilityTable(service),
    ...flakyChecks(source),
  ]);
}

function health({ service: { edge } }: RunbookSource): readonly Block[] {
  const urls = Object.keys(edge?.workers ?? {}).flatMap((stage) => {
    const url = edge === undefined ? undefined : healthUrl(edge, stage);
    return url === undefined
      ? []
      : [
          `curl --silent --show-error --output /dev/null --write-out '%{http_code} in %{time_total} s\\n' ${url} # ${stage}`,
        ];
  });
  if (edge === undefined || urls.length === 0) return ["Ask the service's own health check, and note what it answers."];
  const names = Object.entries(edge.workers).map(
    ([stage, name]) => `npx wrangler tail ${name} --status error # ${stage}`,
  );
  return [
    shell(...urls),
    "Anything but 200 means that customers notice. The errors as they happen (needs a token with `Workers Tail Read`):",
    shell(...names),
    "If Cloudflare itself has trouble, <https://www.cloudflarestatus.com> says so: then skip to step 5 and keep people informed.",
  ];
}

function changes(source: RunbookSource): readonly Block[] {
  const { service } = source;
  const repository = repositoryOf(source);
  if (service.release === undefined) return [shell(`gh run list --repo ${repository} --branch main --limit 10`)];
  const worker = service.edge?.workers[service.release.stage];
  return [
    shell(
      `gh run list --repo ${repository} --workflow release-cloudflare.yml --limit 5`,
      `gh release list --repo ${repository} --limit 5`,
      ...(worker === undefined ? [] : [`npx wrangler deployments list --name ${worker}`]),
    ),
    `Most incidents begin with a release: compare the time of the newest tag ${code(service.release.tags)} with the beginning of the errors. Drift is the next suspect: did somebody change something by hand?`,
  ];
}

function rollback(source: RunbookSource): readonly Block[] {
  const { service } = source;
  const { release } = service;
  if (release === undefined) return ["Undo the newest change: revert its pull request and merge the revert."];
  const repository = repositoryOf(source);
  const worker = service.edge?.workers[release.stage];
  return [
    "Release the last commit that was good; the pipeline that brought the bad one brings it back:",
    shell(
      `git fetch --tags origin`,
      `git tag --list '${release.tags}' --sort=-creatordate --format='%(refname:short) %(if)%(*objectname)%(then)%(*objectname)%(else)%(objectname)%(end)' | head -5`,
      `gh workflow run release-cloudflare.yml --repo ${repository} --ref main --field mode=rollback --field sha=<full SHA of the last good commit>`,
    ),
    ...(worker === undefined
      ? []
      : [
          `Only if GitHub itself is down: the previous version of the Worker, by hand, with a token of your own. Say it in the channel; the next release must follow.`,
          shell(`npx wrangler rollback --name ${worker} --message "<incident>"`),
        ]),
    `A rollback moves code, never data. ${prose(release.migrationNotes)}.${service.runbooks.includes("d1-backup-and-restore") ? " If data is damaged, go on with `docs/runbooks/d1-backup-and-restore.md`." : ""}`,
  ];
}
