import { isDeepStrictEqual } from "node:util";
import type { Fleet, ServiceEntry } from "../declaration/fleet";
import { sealedPath } from "../declaration/sealed-paths";
import { thingsInPhase } from "../declaration/stateful-things";
import { type Draft, kindFlag, type NewService } from "../scaffold/asked";
import { withService } from "../scaffold/fleet-text";
import { newService } from "../scaffold/new-service";
import { type NewTeam, newTeam, withTeam } from "../scaffold/new-team";
import { withTeamText } from "../scaffold/organization-text";
import { recordText, serviceText } from "../scaffold/service-text";
import { Unrecognized } from "../scaffold/typescript-literal";
import { fleetProblems } from "../stacks/fleet-problems";
import type { Ask } from "./asker";
import type { Console } from "./console";
import { EXIT, Failure } from "./failure";
import { Interview, refuse } from "./interview";
import { answersOf, type NewFlags } from "./new-answers";
import { type PlannedFile, putFiles, readOwn, refuseLink, refuseOccupied } from "./new-files";
import { growth } from "./new-plan";
import { printNew, type Report } from "./new-report";
import { loadedWith } from "./new-staging";

export interface NewOptions extends NewFlags {
  /** Contact of the team, if it is a new one. @default - that of the platform's team */
  readonly mail?: string | undefined;
  readonly onCall?: string | undefined;
  readonly yes: boolean;
  readonly json: boolean;
  /** Root of the project. */
  readonly root: string;
  readonly signal: AbortSignal;
  /** @default - there is nobody to ask */
  readonly ask?: Ask | undefined;
}

const FLEET = "services/fleet.ts";
const ORGANIZATION = "services/organization.ts";

/**
 * `gatehouse new <service>`: writes the declaration of a new service and says what follows from it. Everything is checked on a copy first: what is
 * written is right, and written whole or not at all.
 */
export async function newServiceOf(fleet: Fleet, options: NewOptions, console: Console): Promise<number> {
  const { root, signal, yes, ask } = options;
  const { asked, assumed } = await answersOf(fleet, options, new Interview({ yes, ask, console }));
  const paths = pathsOf(asked.name);
  refuseLink(root, "services");
  for (const path of Object.values(paths)) refuseOccupied(root, path);
  const team = teamOf(fleet, asked, options);
  const organization = team === undefined ? fleet.organization : withTeam(fleet.organization, team);
  const draft = newService(asked, organization);
  const { service } = draft;
  const entry: ServiceEntry = { service, sealed: {}, stateful: thingsInPhase({ service, stateful: {} }) };
  const grown: Fleet = { organization, services: [...fleet.services, entry] };
  refuse(fleetProblems(grown));
  const files = plannedFiles(root, { asked, draft, entry, team });
  if (!isDeepStrictEqual(loadedWith(root, files), grown))
    throw new Failure(
      `nothing was written: with the new service, ${FLEET} and ${ORGANIZATION} would not say what they should\nrun it at the root of the project, and see that these files hold data alone`,
    );
  // Stacks of other services say nothing of this one.
  const stacks = await growth({ ...fleet, services: [] }, { organization, services: [entry] });
  signal.throwIfAborted();
  putFiles(root, files);
  const report: Report = { asked, assumed, fleet: grown, entry, files, stacks };
  printNew(report, options.json, console);
  return EXIT.fine;
}

function pathsOf(name: string) {
  return {
    service: `services/${name}.ts`,
    sealed: sealedPath(name),
    stateful: `services/${name}.stateful.json`,
  } as const;
}

/** The team that the organization gets, if it hasn't the maintainers' yet. */
function teamOf({ organization }: Fleet, { name, owners }: NewService, options: NewOptions): NewTeam | undefined {
  const { maintainers = "", platform = "" } = owners;
  const { mail, onCall } = options;
  if (!Object.hasOwn(organization.teams, maintainers))
    return newTeam({ slug: maintainers, service: name, until: platform, mail, onCall }, organization);
  if (mail === undefined && onCall === undefined) return undefined;
  throw new Failure(
    `nothing was written: the team "${maintainers}" is there already, and who is told of its alerts\nchange grafana.routes in ${ORGANIZATION}, or leave out --mail and --on-call`,
  );
}

interface Planned {
  readonly asked: NewService;
  readonly draft: Draft;
  readonly entry: ServiceEntry;
  readonly team: NewTeam | undefined;
}

function plannedFiles(root: string, { asked, draft, entry, team }: Planned): readonly PlannedFile[] {
  const { name } = asked;
  const paths = pathsOf(name);
  const fleet = readOwn(root, FLEET);
  const listed = edited(
    FLEET,
    () => withService(fleet, name),
    `add the service "${name}" to its list, as the others are`,
  );
  const changed = [{ path: FLEET, content: listed.text, before: fleet }];
  if (team !== undefined) {
    const before = readOwn(root, ORGANIZATION);
    const content = edited(
      ORGANIZATION,
      () => withTeamText(before, team),
      `add the team "${team.slug}" to it yourself, with a route of its alerts, and run this again`,
    );
    changed.push({ path: ORGANIZATION, content, before });
  }
  return [
    { path: paths.service, content: serviceText(draft, listed.variable, commandOf(asked)) },
    { path: paths.sealed, content: recordText({}) },
    { path: paths.stateful, content: recordText(entry.stateful) },
    ...changed,
  ];
}

/** What begins such a service again. */
function commandOf({ name, kind }: NewService): string {
  return `npx gatehouse new ${name} ${kindFlag(kind)}`;
}

/** A text with a change, or a refusal that says how to make it by hand. */
function edited<T>(path: string, edit: () => T, byHand: string): T {
  try {
    return edit();
  } catch (error) {
    if (!(error instanceof Unrecognized)) throw error;
    throw new Failure(`nothing was written: ${path} could not be changed: ${error.message}\n${byHand}`);
  }
}
