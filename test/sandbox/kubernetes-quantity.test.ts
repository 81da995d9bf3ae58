import { canonicalQuantity, parseQuantity, sameQuantity } from "../../sandbox/rules/kubernetes/quantity";

describe("quantities", () => {
  // What a real API server answers is asked in test/cluster/namespaces.test.ts.
  test.each([
    ["4000m", "4"],
    ["1500m", "1500m"],
    ["0.5", "500m"],
    [".5", "500m"],
    ["1000", "1k"],
    ["1024Mi", "1Gi"],
    ["1.5Gi", "1536Mi"],
    ["0.5Ki", "512"],
    ["1024", "1024"],
    ["0Mi", "0"],
    ["1000000n", "1m"],
    ["1e3", "1e3"],
    ["2M", "2M"],
  ])("%s is written back as %s", (text, canonical) => expect(canonicalQuantity(text)).toBe(canonical));

  test.each(["", "1 Gi", "1GiB", "1gi", "Mi", "1.2.3", "--1", "many"])("%j is none", (text) => {
    expect(parseQuantity(text)).toBeUndefined();
    expect(sameQuantity(text, text)).toBe(false);
  });

  test("the same amount may be written in different ways", () => {
    expect(sameQuantity("1024Mi", "1Gi")).toBe(true);
    expect(sameQuantity("1e3", "1k")).toBe(true);
    expect(sameQuantity("1G", "1Gi")).toBe(false);
    expect(sameQuantity("-1", "1")).toBe(false);
  });
});
