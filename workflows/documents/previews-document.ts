import { previewHost, previewNamespace } from "../../declaration/cluster-names";
import type { Organization } from "../../declaration/organization";
import { ownerTeam } from "../../declaration/owner-team";
import type { Previews } from "../../declaration/previews";
import type { Service } from "../../declaration/service";
import { PLATFORM_WORKFLOW } from "../preview/preview-ask-script";
import { PREVIEW_IMAGE_WORKFLOW } from "../preview/preview-image-workflow";
import type { RenderedFile } from "../rendered-file";
import { code, markdownFile, shell, table } from "./markdown";
import { minutes } from "./periods";

interface PreviewsSource {
  readonly service: Service;
  readonly organization: Organization;
}

type Blocks = readonly (string | readonly string[])[];

/** Where a pull request's preview is, how long it lives, what it may cost, and how it is woken. Undefined without previews. */
export function previewsDocument(source: PreviewsSource): RenderedFile | undefined {
  const { service } = source;
  const previews = service.cluster?.previews;
  if (previews === undefined) return undefined;
  return markdownFile("docs/previews.md", service.name, [
    "# Previews",
    previews.dispatch === undefined
      ? "A pull request gets a preview when somebody makes one, in the platform's repository."
      : "Every pull request from a branch of this repository gets a preview of its newest commit: an instance of its own, with data of its own. The one comment on the pull request says where it is and how it is.",
    table(["What", "Value"], facts(source, previews)),
    ...life(source, previews),
    ...cost(previews),
    ...missing(source, previews),
  ]);
}

function facts({ service, organization }: PreviewsSource, previews: Previews): readonly (readonly string[])[] {
  const { seed, health } = previews;
  const shown = (name: string) => code(name.replace("1234567", "<number>"));
  return [
    ["Address", shown(`https://${previewHost(previews, 1_234_567)}`)],
    ["Cluster", `${code(previews.cluster)}, namespace ${shown(previewNamespace(previews, 1_234_567))}`],
    ["Image", "that of the newest commit; one pod"],
    [
      "Data",
      seed === undefined
        ? "none: it starts empty"
        : `${code(seed.command.join(" "))}, run by each deployment, within ${minutes(seed.withinMinutes)}`,
    ],
    [
      "Variables",
      Object.entries(previews.variables ?? {})
        .map(([key, value]) => code(`${key}=${value}`))
        .join(", "),
    ],
    ["Secrets", "none of any stage"],
    ["Ready", `when it is healthy, asked ${health.attempts} times, ${health.everySeconds} s apart`],
    ["Lives", `${hours(previews.ttlHours)} after its newest deployment; ends with its pull request`],
    ["Sleeps", `after ${minutes(previews.idleMinutes)} without a request: it then has no pod, and answers nothing`],
    [
      "Owner",
      `whoever opened the pull request; of all of them ${code(`@${organization.github.login}/${ownerTeam(service)}`)}`,
    ],
  ];
}

function life({ service, organization }: PreviewsSource, previews: Previews): Blocks {
  const { dispatch } = previews;
  const repository = `${organization.github.login}/${service.name}`;
  const byHand = [
    "In a working copy of the platform's repository, with a login to the cluster and to the state:",
    shell(
      `npx gatehouse preview up --service ${service.name} --pr <number> --comment # make it, wake it, give it its time again`,
      `npx gatehouse preview down --service ${service.name} --pr <number> # remove it before its time`,
      "npx gatehouse preview list",
    ),
  ];
  if (dispatch === undefined) return ["## Make it, wake it, remove it", ...byHand];
  return [
    "## Wake it, renew it, remove it",
    "Every push brings it up to date and gives it its time again. Without a push, run the newest build of the pull request again; it wakes what sleeps, and makes again what was removed:",
    shell(
      `gh run list --repo ${repository} --workflow ${PREVIEW_IMAGE_WORKFLOW} --branch <branch> --limit 1`,
      `gh run rerun <id> --repo ${repository}`,
    ),
    "Closing the pull request removes it; opening it again brings it back. Whoever may start workflows of the platform's repository can do either at any time:",
    shell(
      `gh workflow run ${PLATFORM_WORKFLOW} --repo ${dispatch.repository} --ref main --field service=${service.name} --field action=<up or down> --field pull-request=<number>`,
    ),
    ...byHand,
  ];
}

function cost(previews: Previews): Blocks {
  const { quota, ttlHours, idleMinutes } = previews;
  return [
    "## What it may cost",
    `A preview can't ask for more than its namespace's quota, and can't live longer than its time: nobody has to remember to remove it. The platform looks every hour, removes what is past its time (${hours(ttlHours)}) or whose pull request is closed, and puts to sleep what nobody has used for ${minutes(idleMinutes)}.`,
    table(
      ["At most, each", "CPU", "Memory", "Pods"],
      [
        [
          "while it is awake",
          `${quota.cpuMillis / 1000} CPU`,
          `${quota.memoryMebibytes.toLocaleString("en")} MiB`,
          String(quota.pods),
        ],
        ["while it sleeps", "0 CPU", "0 MiB", "0"],
      ],
    ),
    "All of them together: that many times the number of open pull requests. What there is now, with its owner and its end, says `npx gatehouse preview list`.",
  ];
}

function missing({ service }: PreviewsSource, { dispatch }: Previews): Blocks {
  const lines = [
    ...(dispatch === undefined
      ? []
      : [
          "- From a fork: what a fork's pull request starts may push no image. Push its commits to a branch of this repository, after you have read them.",
          "- With a conflict: GitHub starts nothing for a pull request that can't be merged. Update the branch.",
          "- A push while the newest build is under way: the older one is stopped, the newest wins.",
        ]),
    "- The comment says that it failed: it has the commands that show its pods, events and logs.",
    ...(service.cluster?.container.secret === undefined
      ? []
      : [
          `- It wants what is in the Secret ${code(service.cluster.container.secret)}: a preview has no secret of a stage. Let the service start without it, or give it a value that is no secret (\`cluster.previews.variables\`).`,
        ]),
  ];
  return ["## There is none, or it fails", lines];
}

function hours(count: number): string {
  return count === 1 ? "1 hour" : `${count} hours`;
}
