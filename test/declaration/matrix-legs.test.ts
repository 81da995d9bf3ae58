import type { Job } from "../../declaration/ci";
import { countLegs, legsOf } from "../../declaration/matrix-legs";

function job(matrix?: Record<string, readonly string[]>): Job {
  const steps = [{ name: "Test", run: "true" }];
  return { kind: "steps", gate: "unit", timeoutMinutes: 5, steps, ...(matrix !== undefined && { matrix }) };
}

test("a job without a matrix has one leg without values", () => {
  expect(countLegs(job())).toBe(1);
  expect(legsOf(job())).toEqual([[]]);
});

test("a matrix has a leg for every combination, the last key varying fastest", () => {
  expect(legsOf(job({ os: ["a", "b"], node: ["1", "2"] }))).toEqual([
    ["a", "1"],
    ["a", "2"],
    ["b", "1"],
    ["b", "2"],
  ]);
});

test("some values of a matrix stand for the legs that have them", () => {
  expect(legsOf(job({ os: ["a", "b"], node: ["1", "2"] }), { node: "2" })).toEqual([
    ["a", "2"],
    ["b", "2"],
  ]);
});

test("a value that the matrix doesn't have stands for none", () => {
  expect(legsOf(job({ os: ["a"] }), { os: "c" })).toEqual([]);
  expect(legsOf(job({ os: ["a"] }), { node: "1" })).toEqual([]);
});

test("a matrix that is too large is counted, and not written out", () => {
  const many = Array.from({ length: 100 }, (_, index) => `v${index}`);
  const matrix = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`k${index}`, many]));
  expect(countLegs(job(matrix))).toBe(1e40);
  expect(legsOf(job(matrix))).toEqual([]);
});
