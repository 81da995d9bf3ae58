import { type PlanJson, resourceChanges, undeclaredChanges } from "../../operations/plan-changes";

function update(before: unknown, after: unknown, more: object = {}): PlanJson {
  return {
    resource_changes: [
      { address: "a.b", mode: "managed", type: "a", change: { actions: ["update"], before, after, ...more } },
    ],
  };
}

const attributes = (plan: PlanJson) => resourceChanges(plan)[0]?.attributes;

describe("the changes of a plan", () => {
  it("leave out what stays and what is only read", () => {
    const change = (actions: string[], mode: "managed" | "data" = "managed") => ({
      address: "a.b",
      mode,
      type: "a",
      change: { actions, before: {}, after: {} },
    });
    expect(
      resourceChanges({ resource_changes: [change(["no-op"]), change(["read"], "data"), change(["read"])] }),
    ).toEqual([]);
    expect(resourceChanges({})).toEqual([]);
  });

  it("name the path of every attribute that differs, with what is found and what is declared", () => {
    const plan = update({ a: { b: [{ n: 1 }] }, same: 1 }, { a: { b: [{ n: 2 }] }, same: 1 });
    expect(attributes(plan)).toEqual([{ path: "a.b[0].n", found: 1, declared: 2 }]);
  });

  it("show of a list with one element more or less only that element", () => {
    const check = (context: string) => ({ context, integration_id: 15368 });
    const plan = update({ checks: [check("b"), check("c")] }, { checks: [check("a"), check("b"), check("c")] });
    expect(attributes(plan)).toEqual([{ path: "checks", found: [], declared: [check("a")] }]);
  });

  it("pair the elements of a set that both sides don't share, in whatever order they come", () => {
    const plan = update(
      {
        rules: [
          { id: "x", s: 1 },
          { id: "y", s: 5 },
        ],
      },
      {
        rules: [
          { id: "y", s: 9 },
          { id: "x", s: 1 },
        ],
      },
    );
    expect(attributes(plan)).toEqual([{ path: "rules[1].s", found: 5, declared: 9 }]);
  });

  it("never show a sensitive value, on either side", () => {
    const plan = update(
      { s: "old-hunter2", t: { u: "x" } },
      { s: "new-hunter2", t: { u: "y" } },
      { before_sensitive: { s: true }, after_sensitive: { s: true, t: true } },
    );
    expect(JSON.stringify(resourceChanges(plan))).not.toContain("hunter2");
    expect(attributes(plan)).toEqual([{ path: "t", found: { u: "x" }, declared: "(sensitive)" }]);
  });

  it("don't count a value that is only known after the apply as a difference of its own", () => {
    expect(attributes(update({ etag: "1", n: 1 }, { n: 2 }, { after_unknown: { etag: true } }))).toEqual([
      { path: "n", found: 1, declared: 2 },
    ]);
  });

  it("say whether somebody changed the thing outside or its declaration changed", () => {
    const plan = update({ n: 1 }, { n: 2 });
    expect(resourceChanges(plan)[0]?.changedOutside).toBe(false);
    expect(resourceChanges({ ...plan, resource_drift: plan.resource_changes ?? [] })[0]?.changedOutside).toBe(true);
  });

  it("keep apart what changed outside and is not declared: a plan would leave it", () => {
    const plan = update({ n: 1 }, { n: 2 });
    const drift = [
      { address: "c.d", mode: "managed" as const, type: "c", change: { actions: ["update"], before: {}, after: {} } },
    ];
    expect(undeclaredChanges({ ...plan, resource_drift: drift })).toEqual(["c.d"]);
  });
});
