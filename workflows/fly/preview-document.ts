import { code, markdownFile, shell, table } from "../documents/markdown";
import { minutes } from "../documents/periods";
import type { RenderedFile } from "../rendered-file";
import { REQUEST_WORKFLOW } from "./preview-workflows";
import type { Previewed } from "./previewed";

/** `docs/previews.md`: where a pull request's preview is, what it has, and how it goes. */
export function previewDocument({ name, fly }: Previewed): RenderedFile {
  const { previews, rehearsal, stage } = fly;
  const app = `${previews.appPrefix}<number>`;
  return markdownFile("docs/previews.md", name, [
    "# Previews",
    "Every pull request from a branch of this repository gets a preview of its newest commit: an app of its own on Fly. The one comment on the pull request says where it is and how it is.",
    table(
      ["What", "Value"],
      [
        ["Address", code(`https://${app}.fly.dev`)],
        ["App", `${code(app)}, in the organization ${code(previews.organization)}`],
        [
          "Ready",
          `when it is healthy, asked ${previews.health.attempts} times, ${previews.health.everySeconds} s apart`,
        ],
        [
          "Secrets",
          fly.secrets.length === 0
            ? "none"
            : `${fly.secrets.map(code).join(", ")}, as they are in the environment ${code(previews.environment)}`,
        ],
        [
          "Data",
          `whatever these secrets reach; those of ${code(rehearsal ?? stage)} if they are its. No release command runs: a pull request's migrations are not applied`,
        ],
        [
          "Sleeps",
          `a connection without traffic is closed after ${minutes(previews.idleMinutes)}; Fly stops the Machine when it looks the next time, some minutes later. The next request wakes it`,
        ],
        ["Ends", "with its pull request; every hour what was forgotten is destroyed"],
      ],
    ),
    "## Again, or none",
    [
      "- Every push brings it up to date; while one is under way, the newest wins.",
      "- From a fork there is none: what runs there has secrets. Push its commits to a branch of this repository, after you have read them.",
      "- With a conflict GitHub starts nothing: update the branch.",
      `- Fly never gives a secret back, so nothing is copied from another app: who renews a secret of ${code(rehearsal ?? stage)} sets it in ${code(previews.environment)} too.`,
    ],
    "Without a push, run the newest request of the pull request again:",
    shell(`gh run list --workflow ${REQUEST_WORKFLOW} --branch <branch> --limit 1`, "gh run rerun <id>"),
    "What runs there, and its logs (needs `flyctl auth login`):",
    shell(`flyctl status --app ${app}`, `flyctl logs --app ${app} --no-tail`),
  ]);
}
