import { changedStacks } from "../../operations/changed-stacks";

const of = (stacks: Record<string, unknown>) => new Map(Object.entries(stacks));
const bucket = (extra: object) => ({ resource: { cloudflare_r2_bucket: { backups: { name: "b", ...extra } } } });

describe("changed stacks", () => {
  test("a stack whose configuration is the same in both synths is not changed, whatever the order of its keys", () => {
    expect(changedStacks(of({ a: { x: 1, y: [1, 2] } }), of({ a: { y: [1, 2], x: 1 } }))).toEqual([]);
  });

  test("a stack is new, changed or gone, and they come by name", () => {
    const base = of({ b: bucket({}), c: bucket({}) });
    const head = of({ a: bucket({}), b: bucket({ storage_class: "Standard" }) });
    expect(changedStacks(base, head)).toEqual([
      { stack: "a", change: "new" },
      { stack: "b", change: "changed" },
      { stack: "c", change: "gone" },
    ]);
  });

  test("cdktf's own notes, which Terraform ignores, are no change", () => {
    const base = {
      "//": { metadata: { version: "0.21.0" } },
      ...bucket({ "//": { metadata: { path: "a/Default" } } }),
    };
    const head = { "//": { metadata: { version: "0.24.0" } }, ...bucket({}) };
    expect(changedStacks(of({ a: base }), of({ a: head }))).toEqual([]);
  });

  test("a key // in somebody's map is a value like any other", () => {
    const base = bucket({ labels: { "//": "before" } });
    const head = bucket({ labels: { "//": "after" } });
    expect(changedStacks(of({ a: base }), of({ a: head }))).toEqual([{ stack: "a", change: "changed" }]);
  });

  test("another order in a list is a change: Terraform may read the list in order", () => {
    expect(changedStacks(of({ a: bucket({ rules: [1, 2] }) }), of({ a: bucket({ rules: [2, 1] }) }))).toHaveLength(1);
  });
});
