import { railwayHealthUrl } from "../../declaration/railway-health-url";
import type { Service } from "../../declaration/service";
import { relay } from "../../services/relay";
import { minimalService } from "./fixture";

test("a stage on Railway answers its health check under its public URL", () => {
  expect(railwayHealthUrl(relay, "production")).toBe("https://relay.example.com/health");
  expect(railwayHealthUrl(relay, "staging")).toBe("https://relay-staging.example.com/health");
});

test("a stage that isn't deployed to Railway has none, and neither has a service elsewhere", () => {
  expect(railwayHealthUrl(relay, "dev")).toBeUndefined();
  expect(railwayHealthUrl(relay, "toString")).toBeUndefined();
  const elsewhere: Service = minimalService;
  expect(railwayHealthUrl(elsewhere, "production")).toBeUndefined();
});
