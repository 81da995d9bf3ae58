import { z } from "zod";
import { entryKey, hostname, matching, settingKey, wanted, wholeNumber } from "./values";
import { Variables } from "./variables";

/** Data that a preview starts with: a job of the preview's own image, before it is said to be ready. */
const Seed = z.strictObject({
  /** Program and arguments, without a shell. */
  command: z
    .array(matching(/^[^\p{Cc}]{1,200}$/u, "one word of a command", "write program and arguments as separate words"))
    .min(1, { error: wanted("a program", 'write the command, such as ["node", "seed.js"]') })
    .max(20)
    .readonly(),
  /** A seed that takes longer has failed. Minutes. */
  withinMinutes: wholeNumber({ what: "minutes", from: 1, to: 60, remedy: "a preview is to be ready in ten" }),
});

/**
 * How the service's repository asks for previews: it starts the workflow previews.yml of the repository that Gatehouse runs in, where the
 * clusters' credentials are.
 */
const Dispatch = z.strictObject({
  /** The repository that Gatehouse runs in. */
  repository: matching(
    /^(?=.{3,140}$)[A-Za-z0-9](?:-?[A-Za-z0-9])*\/(?!\.{1,2}$)[\w.-]{1,100}$/,
    'a repository such as "openclaw/platform"',
    "write owner and name; its default branch is main",
  ),
  /** Secret: token that may start workflows there (Actions: write), and do nothing else. */
  token: settingKey,
  /** Unattended environment that has it. */
  environment: entryKey,
});

/** A preview for each pull request: a namespace with the chart in it, which dies on time. */
export const Previews = z.strictObject({
  /** Key of the organization's `clusters`. */
  cluster: entryKey,
  /** What the number of the pull request is put behind to name the namespace. No other service of the cluster has it. */
  namespacePrefix: matching(
    /^(?=.{2,50}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*-$/,
    'the beginning of a DNS label, with - at the end, such as "pr-"',
    "write 2 to 50 of a–z, 0–9 and single dashes",
  ),
  /** A preview answers at `<namespace>.<domain>`; the entrance has a certificate for all of them. */
  domain: hostname,
  /** A preview lives so long after its newest deployment. Hours. */
  ttlHours: wholeNumber({ what: "hours", from: 1, to: 720, remedy: "72 is usual: three days" }),
  /** A preview that got no request for so long sleeps: no pods. Minutes. */
  idleMinutes: wholeNumber({ what: "minutes", from: 5, to: 1440, remedy: "60 is usual" }),
  quota: z.strictObject({
    cpuMillis: wholeNumber({ what: "thousandths of a CPU", from: 1, to: 64_000, remedy: "write e.g. 1000" }),
    memoryMebibytes: wholeNumber({ what: "mebibytes", from: 4, to: 262_144, remedy: "write e.g. 1024" }),
    pods: wholeNumber({
      what: "pods",
      from: 1,
      to: 100,
      remedy: "one for the service, one for its seed, one to spare",
    }),
  }),
  /** @default - it starts empty */
  seed: Seed.optional(),
  /** How its health is asked for once it runs. */
  health: z.strictObject({
    attempts: wholeNumber({ what: "tries", from: 1, to: 120, remedy: "write how often it is tried" }),
    everySeconds: wholeNumber({ what: "seconds", from: 1, to: 60, remedy: "write the pause between two tries" }),
  }),
  /** @default - pull requests get none by themselves; npx gatehouse preview up makes one */
  dispatch: Dispatch.optional(),
  /** Environment variables that differ from stages. @default - none */
  variables: Variables.optional(),
});
export type Previews = z.infer<typeof Previews>;
