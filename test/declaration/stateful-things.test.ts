import { statefulThings } from "../../declaration/stateful-things";
import { openclawPos } from "../../services/openclaw-pos";
import recorded from "../../services/openclaw-pos.stateful.json";
import { replaced } from "./change";
import { minimalFleet } from "./fixture";

test("the databases of openclaw-pos and its bucket of backups hold data, and are recorded", () => {
  expect(statefulThings(openclawPos)).toEqual(recorded);
});

test("namespaces and buckets hold data too", () => {
  const names = { production: "thing" };
  const service = replaced(openclawPos, ["edge"], {
    ...openclawPos.edge,
    d1: undefined,
    kv: { cache: { names, binding: "CACHE" } },
    buckets: { files: { names, binding: "FILES" } },
  });
  expect(statefulThings(service)).toEqual({ "production/kv/cache": "thing", "production/bucket/files": "thing" });
});

test("a service with nothing at the edge holds none", () => {
  const [entry] = minimalFleet().services;
  expect(entry && statefulThings(entry.service)).toEqual({});
});
