import type { Fleet } from "../../declaration/fleet";
import { validate } from "../../declaration/validate";
import { fleet } from "../../services/fleet";
import { REMOVED } from "./change";
import { minimalFleet, minimalOrganization, minimalService, posFleet } from "./fixture";

describe("a fleet is validated as a whole", () => {
  test("the services of this repository have no problem", () => {
    expect(validate(fleet)).toEqual([]);
  });

  test("the least that can be declared has no problem", () => {
    expect(validate(minimalFleet())).toEqual([]);
  });

  test("an organization with no services is valid", () => {
    expect(validate({ organization: minimalOrganization, services: [] })).toEqual([]);
  });

  test("ten mistakes in one declaration are ten problems, all at once", () => {
    const wrong = posFleet({
      organization: { "github.login": "not a login" },
      service: {
        description: "${var.description}",
        "owners.security.team": "sec-ops",
        "main.requiredChecks.0.job": "lint",
        "ci.jobs.shellcheck.needs": ["unit"],
        "stages.production.waitMinutes": 50_000,
        "stages.production.reviewers": ["maintainer"],
        "settings.SENTRY_DSN.environments": ["staging", "prod"],
        "edge.d1.main.names.production": "pos",
        "edge.d1.main.backup.keep.daily": 0,
        "labels.incident.color": "red",
      },
    });
    expect(validate(wrong).map(({ path }) => path)).toEqual([
      "github.login",
      "description",
      "stages.production.waitMinutes",
      "edge.d1.main.backup.keep.daily",
      "labels.incident.color",
      "owners.security.team",
      "main.requiredChecks[0].job",
      "ci.jobs.shellcheck.needs[0]",
      "stages.production.reviewers[0]",
      "settings.SENTRY_DSN.environments[1]",
      "edge.d1.main.names.production",
    ]);
  });

  test("each problem names the declaration it is of", () => {
    const changes = {
      organization: { "github.plan": "gold" },
      service: { "flakes.label": 5 },
      sealed: 5,
      stateful: [],
    };
    expect(validate(posFleet(changes)).map(({ subject }) => subject)).toEqual([
      "organization",
      'service "openclaw-pos"',
      'service "openclaw-pos", sealed secrets',
      'service "openclaw-pos", stateful record',
    ]);
  });

  test("a service without a name is called by its place", () => {
    expect(validate(posFleet({ service: { name: REMOVED } }))).toMatchObject([
      { subject: "services[0]", path: "name" },
    ]);
  });

  test("what isn't a service at all is said to be none", () => {
    const services = [undefined, null, 5, "service", [], {}] as unknown as Fleet["services"];
    const problems = validate({ organization: minimalOrganization, services });
    expect(new Set(problems.map(({ subject }) => subject.split(",")[0]))).toEqual(
      new Set(services.map((_, index) => `services[${index}]`)),
    );
  });

  test("a wrong organization doesn't hide what is wrong with services by themselves", () => {
    const wrong = posFleet({ organization: { github: REMOVED }, service: { "stages.production.waitMinutes": -1 } });
    expect(validate(wrong).map(({ path }) => path)).toEqual(["github", "stages.production.waitMinutes"]);
  });

  test("a thousand services are validated, and each one's mistake is found", () => {
    const services = Array.from({ length: 1000 }, (_, index) => ({
      service: { ...minimalService, name: `tiny-${index}`, onCall: { ...minimalService.onCall, escalateTo: "nobody" } },
      sealed: {},
      stateful: {},
    }));
    const problems = validate({ organization: minimalOrganization, services });
    expect(problems).toHaveLength(1000);
    expect(new Set(problems.map(({ subject }) => subject)).size).toBe(1000);
  });
});
