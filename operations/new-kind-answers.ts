import type { Fleet } from "../declaration/fleet";
import { clusterNameProblems, domainProblems } from "../scaffold/answer-problems";
import type { AskedOfAll, Kind, NewService } from "../scaffold/asked";
import type { Conventions } from "../scaffold/conventions";
import { Failure } from "./failure";
import type { Interview } from "./interview";

/** What the command line says of services of some kinds only. */
export interface KindFlags {
  readonly backupRecipient?: string | undefined;
  readonly clusterName?: string | undefined;
  readonly previewDomain?: string | undefined;
}

/** What a new service is to be, and what was assumed of it because no other service says it; each a sentence. */
export interface Answers {
  readonly asked: NewService;
  readonly assumed: readonly string[];
}

interface Sources {
  readonly fleet: Fleet;
  readonly flags: KindFlags;
  readonly conventions: Conventions;
  readonly interview: Interview;
}

/** Flags that say something of these kinds, and nothing of the others. */
const KINDS_OF: Readonly<Record<keyof KindFlags, { readonly flag: string; readonly kinds: readonly Kind[] }>> = {
  backupRecipient: { flag: "--backup-recipient", kinds: ["edge", "railway"] },
  clusterName: { flag: "--cluster-name", kinds: ["cluster"] },
  previewDomain: { flag: "--preview-domain", kinds: ["cluster"] },
};

/** The rest of the answers, those that only services of a kind need. */
export async function answersOfKind(kind: Kind, common: AskedOfAll, sources: Sources): Promise<Answers> {
  refuseForeign(kind, sources.flags);
  switch (kind) {
    case "edge":
      return ofEdge(common, sources);
    case "cluster":
      return ofCluster(common, sources);
    case "railway": {
      const backupRecipient = await recipient(sources);
      sources.interview.refuseMissing();
      return { asked: { ...common, kind, backupRecipient }, assumed: [] };
    }
    case "fly":
      sources.interview.refuseMissing();
      return onFly(common, sources);
  }
}

async function ofEdge(common: AskedOfAll, sources: Sources): Promise<Answers> {
  const { conventions, interview } = sources;
  const backupRecipient = await recipient(sources);
  interview.refuseMissing();
  const { domain } = common;
  const { collector = `otel-collector.${domain}:8889`, prober = `blackbox-exporter.${domain}:9115` } = conventions;
  return {
    asked: { ...common, kind: "edge", backupRecipient, collector, prober },
    assumed: [
      ...(conventions.collector === undefined ? [`${collector} gives out the metrics of the Worker's spans`] : []),
      ...(conventions.prober === undefined ? [`${prober} asks the health check from outside`] : []),
    ],
  };
}

async function ofCluster(common: AskedOfAll, { fleet, flags, conventions, interview }: Sources): Promise<Answers> {
  const { clusters = {}, github } = fleet.organization;
  const names = Object.keys(clusters);
  const cluster = await interview.answer({
    flag: "--cluster-name <cluster>",
    text: "cluster of the organization that it runs in",
    given: flags.clusterName,
    fallback: names[0],
    problems: clusterNameProblems(common.name, names),
  });
  const previewDomain = await interview.answer({
    flag: "--preview-domain <domain>",
    text: "domain below which its previews answer",
    given: flags.previewDomain,
    fallback: conventions.previewDomain ?? `preview.${common.domain}`,
    problems: domainProblems(common.name),
  });
  interview.refuseMissing();
  const { platformRepository = `${github.login}/gatehouse` } = conventions;
  return {
    asked: { ...common, kind: "cluster", cluster, previewDomain, platformRepository },
    assumed:
      conventions.platformRepository === undefined
        ? [`${platformRepository} is the repository that this program runs in, and makes the previews`]
        : [],
  };
}

/** Nobody but Fly knows its organizations and regions: a first service takes what is likely, and the report says so. */
function onFly(common: AskedOfAll, { fleet, conventions }: Sources): Answers {
  const { flyOrganization = fleet.organization.github.login.toLowerCase(), flyRegion: region = "iad" } = conventions;
  return {
    asked: { ...common, kind: "fly", flyOrganization, region },
    assumed: [
      ...(conventions.flyOrganization === undefined
        ? [
            `${flyOrganization} is the slug of your organization on Fly, and ${flyOrganization}-previews that of the previews`,
          ]
        : []),
      ...(conventions.flyRegion === undefined ? [`${region} is the region that is near to your customers`] : []),
    ],
  };
}

function recipient({ flags, conventions, interview }: Sources): Promise<string> {
  return interview.answer({
    flag: "--backup-recipient <recipient>",
    text: "public age recipient that backups are encrypted for",
    given: flags.backupRecipient,
    fallback: conventions.backupRecipient,
    // Whether it is one, and no identity, the check of the whole declaration says without showing it.
    problems: () => [],
  });
}

function refuseForeign(kind: Kind, flags: KindFlags): void {
  for (const [key, { flag, kinds }] of Object.entries(KINDS_OF)) {
    if (flags[key as keyof KindFlags] === undefined || kinds.includes(kind)) continue;
    throw new Failure(`nothing was written: ${flag} says nothing of a service of the kind "${kind}"\nleave it out`);
  }
}
