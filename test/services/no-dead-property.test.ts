import type { Fleet } from "../../declaration/fleet";
import { fleet } from "../../services/fleet";
import { fleetProblems } from "../../stacks/fleet-problems";
import { serviceFiles } from "../../workflows/service-files";
import { type Path, pathsOf, REMOVED, replaced } from "../declaration/change";
import { synthesizedFleet } from "../stacks/synthesized-fleet";

/** Everything that follows from a fleet, as one text. */
function outcome(changed: Fleet): string {
  const files = changed.services.flatMap(({ service }) => serviceFiles(service, changed.organization));
  return JSON.stringify([synthesizedFleet(changed), files]);
}

const whole = outcome(fleet);

/** What happens when a property, or an item of a list, is deleted: a refusal, or something else follows from the rest. */
function effectOf(path: Path): "refused" | "changes what follows" | "none" {
  const without = replaced(fleet, path, REMOVED);
  if (fleetProblems(without).length > 0) return "refused";
  return outcome(without) === whole ? "none" : "changes what follows";
}

/** The records in which entries come beside a service are its own; the list of services and the parts of an entry are not declared. */
const paths = pathsOf(fleet).filter((path) => path.length > (path[0] === "services" ? 3 : 1));
const sections = [...new Set(paths.map(sectionOf))];

describe("nothing is declared that has no effect: deleting any property is refused, or changes what follows", () => {
  test("all of the declarations is looked at", () => {
    expect(paths.length).toBeGreaterThan(380);
  });

  test.each(sections)("%s", (section) => {
    const places = paths.filter((path) => sectionOf(path) === section);
    const dead = places.filter((path) => effectOf(path) === "none");
    expect(dead.map((path) => path.join("."))).toEqual([]);
  });
});

/** `organization.github`, `services.0.service.stages`, … */
function sectionOf(path: Path): string {
  return path.slice(0, path[0] === "services" ? 4 : 2).join(".");
}
