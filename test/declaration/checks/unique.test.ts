import type { Fleet } from "../../../declaration/fleet";
import { validate } from "../../../declaration/validate";
import { type Changes, changed } from "../change";
import { minimalFleet, posFleet } from "../fixture";

/** openclaw-pos twice, the second time with changes. */
function twice(changes: Changes, stateful?: Record<string, string>): Fleet {
  const fleet = posFleet();
  const [first] = fleet.services;
  if (first === undefined) throw new Error("no service");
  const second = { ...first, service: changed(first.service, changes), stateful: stateful ?? first.stateful };
  return { ...fleet, services: [first, second] };
}

describe("what is one in the world belongs to one service", () => {
  test("two services with one name are refused, once", () => {
    expect(validate(twice({}))).toEqual([
      {
        subject: 'service "openclaw-pos"',
        path: "name",
        came: 'the repository openclaw-pos, which service "openclaw-pos" has already',
        expected: "a name that nothing else has",
        remedy: "rename one of the two",
      },
    ]);
  });

  test("Workers, addresses, databases and buckets of another service are refused", () => {
    expect(validate(twice({ name: "another-pos" })).map(({ path, came }) => `${path}: ${came}`)).toEqual([
      'edge.workers.staging: the Worker openclaw-pos-staging, which service "openclaw-pos" has already',
      'edge.workers.production: the Worker openclaw-pos, which service "openclaw-pos" has already',
      'edge.addresses.staging.hostname: the host name pos-staging.example.com, which service "openclaw-pos" has already',
      'edge.addresses.production.hostname: the host name pos.example.com, which service "openclaw-pos" has already',
      'edge.d1.main.names.staging: the D1 database openclaw-pos-staging, which service "openclaw-pos" has already',
      'edge.d1.main.names.production: the D1 database openclaw-pos, which service "openclaw-pos" has already',
      'edge.d1.main.backup.bucket: the bucket openclaw-pos-d1-backups, which service "openclaw-pos" has already',
    ]);
  });

  test("a database of two stages is refused", () => {
    const stateful = {
      "production/backup-bucket/main": "openclaw-pos-d1-backups",
      "production/d1/main": "openclaw-pos",
      "staging/d1/main": "openclaw-pos",
    };
    const fleet = posFleet({ service: { "edge.d1.main.names.staging": "openclaw-pos" }, stateful });
    expect(validate(fleet).map(({ path, came }) => `${path}: ${came}`)).toEqual([
      "edge.d1.main.names.production: the D1 database openclaw-pos, which it itself has already",
    ]);
  });

  test("two stacks of one name are refused, however service and stage share it out", () => {
    const stage = { reviewers: [], preventSelfReview: false, waitMinutes: 0, branches: ["main"] };
    const [one] = minimalFleet({ service: { name: "shop", "stages.api-live": stage } }).services;
    const [two] = minimalFleet({ service: { name: "shop-api", "stages.live": stage } }).services;
    const { organization } = minimalFleet();
    expect(validate({ organization, services: [one, two].filter((entry) => entry !== undefined) })).toEqual([
      {
        subject: 'service "shop-api"',
        path: "stages.live",
        came: 'the stack shop-api-live, which service "shop" has already',
        expected: "a name that nothing else has",
        remedy: "rename one of the two",
      },
    ]);
  });

  test("a route of another service is refused", () => {
    const route = { route: "api.example.com/*", zone: "example.com" };
    const pos = posFleet({ service: { "edge.addresses.staging": route, "edge.addresses.production": route } });
    expect(validate(pos).map(({ path, came }) => `${path}: ${came}`)).toEqual([
      "edge.addresses.production.route: the route api.example.com/*, which it itself has already",
    ]);
  });
});
