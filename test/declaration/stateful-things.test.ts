import { statefulThings, thingsInPhase } from "../../declaration/stateful-things";
import { openclawPos } from "../../services/openclaw-pos";
import recorded from "../../services/openclaw-pos.stateful.json";
import { summit } from "../../services/summit";
import summitRecorded from "../../services/summit.stateful.json";
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

test("the Kubernetes namespaces of summit hold data, by stage and cluster", () => {
  expect(statefulThings(summit)).toEqual(summitRecorded);
});

test("a namespace must be recorded once its phase brings it; what is recorded stays when the phase goes back", () => {
  const things = (phase: number, stateful = {}) => thingsInPhase({ service: { ...summit, phase }, stateful });
  expect(things(6)).toEqual({});
  expect(things(7)).toEqual({ "stage/namespace/eu-1": "summit-stage" });
  expect(things(8)).toEqual(summitRecorded);
  expect(things(2, summitRecorded)).toEqual(summitRecorded);
});
