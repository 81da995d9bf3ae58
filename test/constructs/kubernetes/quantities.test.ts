import { countQuantity, cpuQuantity, memoryQuantity } from "../../../constructs/kubernetes/quantities";

describe("quantities are written as the API server writes them back", () => {
  it.each([
    [0, "0"],
    [1, "1m"],
    [250, "250m"],
    [1000, "1"],
    [1500, "1500m"],
    [12_000, "12"],
    [1_000_000, "1k"],
  ])("%d thousandths of a CPU are %s", (millis, quantity) => expect(cpuQuantity(millis)).toBe(quantity));

  it.each([
    [0, "0"],
    [4, "4Mi"],
    [1000, "1000Mi"],
    [1024, "1Gi"],
    [1536, "1536Mi"],
    [12_288, "12Gi"],
    [1_048_576, "1Ti"],
  ])("%d mebibytes are %s", (mebibytes, quantity) => expect(memoryQuantity(mebibytes)).toBe(quantity));

  it.each([
    [0, "0"],
    [20, "20"],
    [1000, "1k"],
    [10_001, "10001"],
  ])("%d pods are %s", (count, quantity) => expect(countQuantity(count)).toBe(quantity));

  it.each([-1, 0.5, Number.NaN, 2 ** 53])("%d is no quantity", (amount) => {
    expect(() => memoryQuantity(amount)).toThrow(`${amount} can't be a quantity; give a whole number from 0 on`);
  });
});
