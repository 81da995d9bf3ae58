import type { Fleet, ServiceEntry } from "../../declaration/fleet";
import { inPhase } from "../../declaration/in-phase";
import type { Organization } from "../../declaration/organization";
import { PHASES } from "../../declaration/phase";
import { gatePlan } from "../../objectives/gate/gate-plan";
import { fleet } from "../../services/fleet";
import { fleetProblems } from "../../stacks/fleet-problems";
import { PreviewStack } from "../../stacks/preview-stack";
import { serviceFiles } from "../../workflows/service-files";
import { type Path, pathsOf, REMOVED, replaced } from "../declaration/change";
import { CHART, stacksOf, synthesizedFleet } from "../stacks/synthesized-fleet";

/** Everything that follows from a fleet, piece by piece: what is quick to make comes first. */
const PIECES: readonly ((fleet: Fleet) => unknown)[] = [
  ({ organization, services }) => services.map(({ service, sealed }) => serviceFiles(service, organization, sealed)),
  // What `gatehouse phase` compares for a service that says where it stands.
  ({ services }) =>
    services
      .filter(({ service }) => service.phase !== undefined)
      .map((entry) => PHASES.map((_, phase) => inPhase({ ...entry, service: { ...entry.service, phase } }))),
  ({ services }) =>
    services.flatMap(({ service }) =>
      Object.keys(service.telemetry?.stages ?? {}).map((stage) =>
        service.objectives === undefined ? "" : gatePlan(service, { stage }),
      ),
    ),
  ({ organization, services }) =>
    services
      .filter(({ service }) => service.cluster?.previews !== undefined)
      .map((entry) => previewOf(organization, entry)),
  (fleet) => synthesizedFleet(fleet),
];

/** The stack of one preview, which no synth of the fleet has. */
function previewOf(organization: Organization, { service, stateful }: ServiceEntry) {
  const effective = inPhase({ service, stateful });
  const digest = effective.cluster?.image.digest ?? "";
  const [createdAt, expiresAt] = ["2026-11-21T00:00:00Z", "2026-11-24T00:00:00Z"];
  const props = { service: effective, organization, pullRequest: 42, digest, createdAt, expiresAt };
  return stacksOf((app) => new PreviewStack(app, props, { chart: CHART }));
}

/**
 * Deletes each property, and each item of a list, of the organization or of a service, one at a time, and expects that it is refused, or that
 * something else follows from the rest. What a change can't touch is left out: the other services.
 */
export function testEveryProperty(what: "organization" | number): void {
  const whole = what === "organization" ? fleet : { ...fleet, services: fleet.services.slice(what, what + 1) };
  const root: Path = what === "organization" ? ["organization"] : ["services", 0];
  // The records in which entries come beside a service are its own; the parts of an entry are not declared.
  const paths = pathsOf(whole).filter(
    (path) => root.every((part, index) => path[index] === part) && path.length > (what === "organization" ? 1 : 3),
  );
  const before = PIECES.map((piece) => JSON.stringify(piece(whole)));
  const hasNoEffect = (path: Path) => {
    const without = replaced(whole, path, REMOVED);
    if (fleetProblems(without).length > 0) return false;
    return PIECES.every((piece, index) => JSON.stringify(piece(without)) === before[index]);
  };

  test("it is more than a few that are looked at", () => {
    expect(paths.length).toBeGreaterThan(what === "organization" ? 40 : 350);
  });

  test.each([...new Set(paths.map(sectionOf))])("%s", (section) => {
    const dead = paths.filter((path) => sectionOf(path) === section && hasNoEffect(path));
    expect(dead.map((path) => path.join("."))).toEqual([]);
  });
}

/** `organization.github`, `services.0.service.stages`, … */
function sectionOf(path: Path): string {
  return path.slice(0, path[0] === "services" ? 4 : 2).join(".");
}
