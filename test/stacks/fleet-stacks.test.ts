import { App } from "cdktf";
import { DeclarationError } from "../../declaration/problem";
import { addFleet } from "../../stacks/fleet-stacks";
import { minimalFleet, minimalOrganization, posFleet } from "../declaration/fixture";
import { synthesizedFleet } from "./synthesized-fleet";

describe("a fleet becomes stacks", () => {
  test("the organization's, each cluster's, each service's repository and each of its stages", () => {
    expect(synthesizedFleet(posFleet()).map(({ name }) => name)).toEqual([
      "organization",
      "cluster-eu-1",
      "openclaw-pos-repository",
      "openclaw-pos-staging",
      "openclaw-pos-production",
    ]);
  });

  test("deployed one after the other: organization, repository, stage by stage", () => {
    expect(synthesizedFleet(posFleet()).map(({ name, dependencies }) => [name, dependencies])).toEqual([
      ["organization", []],
      ["cluster-eu-1", []],
      ["openclaw-pos-repository", ["organization"]],
      ["openclaw-pos-staging", ["openclaw-pos-repository"]],
      ["openclaw-pos-production", ["openclaw-pos-staging"]],
    ]);
  });

  test("services don't wait for one another", () => {
    const [one] = posFleet().services;
    const [two] = minimalFleet({ service: { "owners.maintainers.team": "platform" } }).services;
    const fleet = { ...posFleet(), services: [one, two].filter((entry) => entry !== undefined) };
    const repository = synthesizedFleet(fleet).find(({ name }) => name === "tiny-repository");
    expect(repository?.dependencies).toEqual(["organization"]);
  });

  test("an organization with no services becomes its own stack alone", () => {
    const stacks = synthesizedFleet({ organization: minimalOrganization, services: [] });
    expect(stacks.map(({ name }) => name)).toEqual(["organization"]);
  });

  test("a change of one service changes the stacks of that service only", () => {
    const [first] = posFleet().services;
    const [tiny] = minimalFleet({ service: { "owners.maintainers.team": "platform" } }).services;
    const [changed] = minimalFleet({
      service: { "owners.maintainers.team": "platform", "stages.production.waitMinutes": 10 },
    }).services;
    const { organization } = posFleet();
    const stacksWith = (second: typeof tiny) =>
      synthesizedFleet({ organization, services: [first, second].filter((entry) => entry !== undefined) });
    const before = stacksWith(tiny);
    const different = stacksWith(changed).filter(
      (stack, index) => JSON.stringify(stack) !== JSON.stringify(before[index]),
    );
    expect(different.map(({ name }) => name)).toEqual(["tiny-production"]);
  });

  test("a mistake refuses all of it, and nothing is added", () => {
    const app = new App();
    const wrong = posFleet({ service: { "flakes.label": "nope", "onCall.escalateTo": "nobody" } });
    expect(() => addFleet(app, wrong)).toThrow(DeclarationError);
    expect(app.node.children).toEqual([]);
  });
});
