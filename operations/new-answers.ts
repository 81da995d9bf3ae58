import type { Fleet } from "../declaration/fleet";
import { Visibility } from "../declaration/github-plan";
import {
  descriptionProblems,
  domainProblems,
  kindProblems,
  nameProblems,
  stagesIn,
  stagesProblems,
  teamProblems,
  visibilityProblems,
} from "../scaffold/answer-problems";
import { KINDS, type Kind, kindFlag, ROLES } from "../scaffold/asked";
import { type Conventions, conventionsOf } from "../scaffold/conventions";
import { Failure } from "./failure";
import type { Interview } from "./interview";
import { type Answers, answersOfKind } from "./new-kind-answers";

/** What the command line says of a new service. */
export interface NewFlags {
  readonly service?: string | undefined;
  /** Each kind that was named; a service is of one. */
  readonly kinds: readonly string[];
  readonly description?: string | undefined;
  /** Team by role. */
  readonly owners: Readonly<Record<string, string>>;
  /** Separated by commas. */
  readonly stages?: string | undefined;
  readonly visibility?: string | undefined;
  readonly domain?: string | undefined;
  readonly backupRecipient?: string | undefined;
  readonly clusterName?: string | undefined;
  readonly previewDomain?: string | undefined;
}

const DESCRIPTIONS: Record<Kind, string> = {
  edge: "An API on Cloudflare Workers and D1",
  cluster: "An HTTP service in Kubernetes",
  railway: "An API on Railway with Postgres",
  fly: "A web service on Fly.io",
};

/** @throws Failure when an answer is wrong or missing */
export async function answersOf(fleet: Fleet, flags: NewFlags, interview: Interview): Promise<Answers> {
  const { organization, services } = fleet;
  const conventions = conventionsOf(fleet);
  const name = await interview.answer({
    flag: "<service>",
    text: "name of the service and of its repository",
    given: flags.service,
    problems: nameProblems(services.map(({ service }) => service.name)),
  });
  const kind = (await interview.answer({
    flag: KINDS.map(kindFlag).join(", "),
    text: `where it runs: ${KINDS.join(", ")}`,
    given: onlyOne(flags.kinds),
    problems: kindProblems(name),
  })) as Kind;
  if (name === "" || !KINDS.includes(kind)) interview.refuseMissing();
  const description = await interview.answer({
    flag: "--description <text>",
    text: "what it is, in a line",
    given: flags.description,
    fallback: DESCRIPTIONS[kind],
    problems: descriptionProblems(name),
  });
  const owners = await ownersOf(kind, { name, fleet, flags, conventions, interview });
  const stages = await interview.answer({
    flag: "--stages <stages>",
    text: "one stage, or two with a comma; the last is production",
    given: flags.stages,
    fallback: "staging,production",
    problems: stagesProblems(name),
  });
  const visibility = await interview.answer({
    flag: "--visibility <visibility>",
    text: `who may see the repository: ${Visibility.options.join(", ")}`,
    given: flags.visibility,
    fallback: conventions.visibility ?? "private",
    problems: visibilityProblems(name),
  });
  const domain = await interview.answer({
    flag: "--domain <domain>",
    text: "domain under which it answers",
    given: flags.domain,
    fallback: Object.keys(organization.cloudflare?.zones ?? {})[0],
    problems: domainProblems(name),
  });
  const dataSource = dataSourceOf(fleet);
  const common = {
    name,
    description,
    owners,
    stages: stagesIn(stages),
    visibility: visibility as Visibility,
    domain,
    dataSource,
  };
  return answersOfKind(kind, common, { fleet, flags, conventions, interview });
}

interface OwnersProps {
  readonly name: string;
  readonly fleet: Fleet;
  readonly flags: NewFlags;
  readonly conventions: Conventions;
  readonly interview: Interview;
}

/** The maintainers are a team of the service's own, the other roles are played by who plays them elsewhere. */
async function ownersOf(kind: Kind, { name, fleet, flags, conventions, interview }: OwnersProps) {
  const { teams } = fleet.organization;
  const unknown = Object.keys(flags.owners).find((role) => !ROLES[kind].includes(role));
  if (unknown !== undefined)
    throw new Failure(
      `nothing was written: a service of this kind has no role "${unknown}"\nexpected one of: ${ROLES[kind].join(", ")}`,
    );
  const owners: Record<string, string> = {};
  for (const role of ROLES[kind]) {
    const isMaintainers = role === "maintainers";
    const problems = teamProblems(name, role);
    const usual = isMaintainers ? `${name}-maintainers` : (conventions.team(role) ?? role);
    const fits = isMaintainers ? problems(usual).length === 0 : Object.hasOwn(teams, usual);
    owners[role] = await interview.answer({
      flag: isMaintainers ? "--maintainers <team>" : `--owner ${role}=<team>`,
      text: isMaintainers ? "team that writes and runs it" : `team that plays the role "${role}"`,
      given: flags.owners[role],
      fallback: fits ? usual : undefined,
      problems,
    });
  }
  return owners;
}

function dataSourceOf({ organization }: Fleet): string {
  const [dataSource] = Object.keys(organization.grafana?.dataSources ?? {});
  if (dataSource !== undefined) return dataSource;
  throw new Failure(
    "nothing was written: the organization has no metrics for the objectives of a service\ndeclare grafana with a data source in services/organization.ts",
  );
}

function onlyOne(kinds: readonly string[]): string | undefined {
  if (kinds.length <= 1) return kinds[0];
  throw new Failure(`nothing was written: a service runs in one place, and ${kinds.join(" and ")} were named`);
}
