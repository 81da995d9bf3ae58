import { imageRepository, workloadName } from "../../declaration/cluster-names";
import { fleet } from "../../services/fleet";
import { lint, render } from "../support/helm";
import { describeWith } from "../support/programs";
import { fleetValues } from "./fleet-values";

describeWith(["helm"], "the chart with the values of the declared services", () => {
  const values = fleetValues();

  test("every service in a cluster is among them", () => {
    const names = fleet.services.flatMap(({ service }) => (service.cluster === undefined ? [] : [service.name]));
    expect(names).not.toEqual([]);
    expect(new Set(values.map(([, { name }]) => name))).toEqual(new Set(names));
  });

  test.each(values)("%s passes helm lint --strict", (_, of) => {
    expect(lint(of)).toContain("1 chart(s) linted, 0 chart(s) failed");
  });

  test.each(values)("%s runs the declared image by its digest, in one workload of the service's name", (_, of) => {
    const service = fleet.services.find((entry) => entry.service.name === of.name)?.service;
    if (service?.cluster === undefined) throw new Error(`${of.name} is in no cluster`);
    const workloads = render(of).filter(({ kind }) => kind === "Rollout" || kind === "Deployment");
    expect(workloads.map(({ metadata }) => metadata.name)).toEqual([workloadName(service)]);
    expect(workloads[0]?.spec.template.spec.containers[0]).toMatchObject({
      name: workloadName(service),
      image: `${imageRepository(service, fleet.organization)}@${service.cluster.image.digest}`,
    });
  });
});
