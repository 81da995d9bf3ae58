import { dashboardUid, folderUid, grafanaUid, ruleUid } from "../../objectives/names";

const UID = /^[A-Za-z0-9_-]{1,40}$/;

describe("uids in Grafana", () => {
  test("are readable where they fit", () => {
    expect(folderUid("relay", "production")).toBe("relay_production");
    expect(dashboardUid("relay", "production")).toBe("relay_production_signals");
    expect(ruleUid("relay", "production", "ServiceDown")).toBe("relay_production_ServiceDown");
  });

  test.each([
    [["a".repeat(40), "b".repeat(40), "C".repeat(60)]],
    [["a".repeat(41)]],
    [["日本語", "production"]],
    [['quo"ted', "back\\slash", "bra}ce"]],
    [["", ""]],
    [["with space", "staging"]],
  ])("of %j have at most 40 of the characters that Grafana takes", (parts) => {
    expect(grafanaUid(...parts)).toMatch(UID);
    expect(grafanaUid(...parts)).toBe(grafanaUid(...parts));
  });

  test("of long names that begin alike differ, and 40 characters still fit whole", () => {
    const service = "a".repeat(40);
    expect(ruleUid(service, "production", "ServiceDown")).not.toBe(ruleUid(service, "production", "ServiceSlow"));
    expect(grafanaUid("a".repeat(19), "b".repeat(20))).toBe(`${"a".repeat(19)}_${"b".repeat(20)}`);
    expect(grafanaUid("a".repeat(20), "b".repeat(20))).toMatch(/^a{20}_b{8}-[0-9a-f]{10}$/);
  });

  test("of other parts are others, wherever the parts are divided", () => {
    const divided = [
      ["a", "b", "c"],
      ["a_b", "c"],
      ["a", "b_c"],
      ["a-b", "c"],
      ["a b", "c"],
      ["a.b", "c"],
    ];
    expect(new Set(divided.map((parts) => grafanaUid(...parts))).size).toBe(divided.length);
  });
});
