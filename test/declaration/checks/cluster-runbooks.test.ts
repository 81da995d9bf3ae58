import { minimalRefusals, summitRefusals } from "../fixture";

const RUNBOOKS = ["on-call", "canary", "rollback", "migration", "incident-classes"];

describe("the runbooks on what runs in Kubernetes (MAE-15)", () => {
  test("are had by a service with a train, a canary and the label of incidents", () => {
    expect(summitRefusals({ runbooks: [...RUNBOOKS, "error-budget"] })).toEqual([]);
  });

  test("must be there for what people have to decide", () => {
    expect(summitRefusals({ runbooks: ["on-call", "error-budget"] })).toEqual([
      {
        path: "runbooks",
        came: '["on-call","error-budget"]',
        expected: '"canary" among them: a canary without a verdict waits for a person, who must know what to do',
        remedy: "add it",
      },
      {
        path: "runbooks",
        came: '["on-call","error-budget"]',
        expected: '"rollback" among them: a rollback freezes releases, and somebody must know who may go on',
        remedy: "add it",
      },
    ]);
  });

  test("are refused, each with what it lacks, where there is nothing they speak of", () => {
    expect(minimalRefusals({ runbooks: RUNBOOKS })).toEqual([
      {
        path: "runbooks[1]",
        came: '"canary" without what it is about',
        expected: "a stage in a cluster with a canary",
        remedy: "declare cluster.stages.<stage>.canary, or drop the runbook",
      },
      {
        path: "runbooks[2]",
        came: '"rollback" without what it is about',
        expected: "a release train",
        remedy: "declare cluster.train, or drop the runbook",
      },
      {
        path: "runbooks[3]",
        came: '"migration" without what it is about',
        expected: "a release train",
        remedy: "declare cluster.train, or drop the runbook",
      },
      {
        path: "runbooks[4]",
        came: '"incident-classes" without what it is about',
        expected: 'the label "incident" in labels: the form by which incidents are opened sets it',
        remedy: "declare the label, or drop the runbook",
      },
    ]);
  });
});
