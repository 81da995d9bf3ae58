import { eachStack } from "../../operations/stack-run";
import { type SynthesizedStack, selectStacks, withDependencies } from "../../operations/synthesize";

const stack = (name: string, dependsOn: string[] = [], service?: string, stage?: string): SynthesizedStack => ({
  name,
  directory: `/nowhere/${name}`,
  dependsOn,
  service,
  stage,
});

const all = [
  stack("pos-production", ["pos-staging"], "pos", "production"),
  stack("organization"),
  stack("pos-repository", ["organization"], "pos"),
  stack("pos-staging", ["pos-repository"], "pos", "staging"),
  stack("relay-repository", ["organization"], "relay"),
];

describe("work on many stacks", () => {
  it("does dependencies first, whatever the order they come in", async () => {
    const order: string[] = [];
    const outcomes = await eachStack(all, { parallel: 4, ordered: true }, async ({ name }) => {
      order.push(name);
    });
    expect(outcomes.every(({ status }) => status === "done")).toBe(true);
    expect(order.indexOf("organization")).toBe(0);
    expect(order.indexOf("pos-production")).toBeGreaterThan(order.indexOf("pos-staging"));
    expect(order.indexOf("pos-staging")).toBeGreaterThan(order.indexOf("pos-repository"));
  });

  it("skips what depends on a failed stack, and never hides the others' results", async () => {
    const outcomes = await eachStack(all, { parallel: 2, ordered: true }, async ({ name }) => {
      if (name === "pos-repository") throw new Error("422 Validation Failed");
      return name;
    });
    expect(
      Object.fromEntries(
        outcomes.map((outcome) => [outcome.stack.name, outcome.status === "done" ? "done" : outcome.reason]),
      ),
    ).toEqual({
      organization: "done",
      "relay-repository": "done",
      "pos-repository": "422 Validation Failed",
      "pos-staging": '"pos-repository" was not deployed',
      "pos-production": '"pos-staging" was not deployed',
    });
  });

  it("runs at most as many at a time as it may", async () => {
    let running = 0;
    let most = 0;
    await eachStack(all, { parallel: 2, ordered: false }, async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    });
    expect(most).toBe(2);
  });

  it("starts nothing more once it is interrupted", async () => {
    const controller = new AbortController();
    const outcomes = await eachStack(all, { parallel: 1, ordered: true, signal: controller.signal }, async () =>
      controller.abort(),
    );
    expect(outcomes.filter(({ status }) => status === "done")).toHaveLength(1);
    expect(outcomes.find(({ stack: { name } }) => name === "relay-repository")).toMatchObject({
      status: "failed",
      reason: "interrupted",
    });
  });
});

describe("a selection of stacks", () => {
  it("is everything when nothing is asked for", () => {
    expect(selectStacks(all, {})).toEqual(all);
  });

  it("is a service's stacks, a stage's, or both", () => {
    const names = (selection: object) => selectStacks(all, selection).map(({ name }) => name);
    expect(names({ service: "relay" })).toEqual(["relay-repository"]);
    expect(names({ stage: "staging" })).toEqual(["pos-staging"]);
    expect(names({ service: "pos", stage: "production" })).toEqual(["pos-production"]);
  });

  it("brings what must be deployed before it", () => {
    expect(withDependencies(selectStacks(all, { stage: "staging" }), all).map(({ name }) => name)).toEqual([
      "organization",
      "pos-repository",
      "pos-staging",
    ]);
  });

  it("refuses names that are not declared, and lists those that are", () => {
    expect(() => selectStacks(all, { service: "poss" })).toThrow(
      '--service "poss" is not declared\nexpected one of: pos, relay; see services/fleet.ts',
    );
    expect(() => selectStacks(all, { service: "relay", stage: "staging" })).toThrow(
      '--stage "staging" is not declared\nno stage is declared',
    );
  });
});
