import type { z } from "zod";
import type { Address } from "../../declaration/edge";
import { healthUrl } from "../../declaration/health-url";
import { openclawPos } from "../../services/openclaw-pos";

function at(address: z.infer<typeof Address>): string | undefined {
  return healthUrl({ ...openclawPos.edge, addresses: { staging: address } }, "staging");
}

test("a custom domain answers under its own name", () => {
  expect(at({ hostname: "pos.example.com", zone: "example.com" })).toBe("https://pos.example.com/health");
});

test("a route answers under its path", () => {
  expect(at({ route: "api.example.com/pos/*", zone: "example.com" })).toBe("https://api.example.com/pos/health");
  expect(at({ route: "api.example.com/*", zone: "example.com" })).toBe("https://api.example.com/health");
});

test("a route that stands for many hosts answers under none in particular", () => {
  expect(at({ route: "*.example.com/*", zone: "example.com" })).toBeUndefined();
});

test("a route of a single path has no health path under it", () => {
  expect(at({ route: "api.example.com/pos", zone: "example.com" })).toBeUndefined();
});

test("a stage without an address answers nowhere", () => {
  expect(healthUrl({ ...openclawPos.edge, addresses: {} }, "staging")).toBeUndefined();
});
