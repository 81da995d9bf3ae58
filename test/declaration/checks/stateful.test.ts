import { REMOVED } from "../change";
import { posRefusals, summitRefusals } from "../fixture";

describe("data stays where it is", () => {
  test("a D1 database that was renamed is refused as loss of data, with the way out", () => {
    expect(posRefusals({ "edge.d1.main.names.production": "pos" })).toEqual([
      {
        path: "edge.d1.main.names.production",
        came: '"pos", where the D1 database "openclaw-pos" of production was',
        expected: '"openclaw-pos": another name or key is another, empty thing, and the data of this one would be lost',
        remedy:
          'write "openclaw-pos" again. To really move: declare the new thing under a key of its own, restore a backup into it, switch the binding, and remove the old thing in a later change together with its line in the stateful record (services/<service>.stateful.json)',
      },
    ]);
  });

  test("a D1 database whose key was renamed is refused as loss of data", () => {
    expect(
      posRefusals({
        "edge.d1.pos": {
          names: { staging: "openclaw-pos-staging", production: "openclaw-pos" },
          binding: "DB",
          migrations: "migrations",
          readReplication: "disabled",
        },
        "edge.d1.main": REMOVED,
        "settings.D1_DATABASE_ID": REMOVED,
        "settings.D1_DATABASE_NAME": REMOVED,
        runbooks: ["on-call", "error-budget"],
      }),
    ).toEqual([
      {
        path: "settings",
        came: 'no variable of the environment "staging" with { from: "d1.pos.id" }',
        expected: "a variable that carries d1.pos.id: the Worker's binding names it",
        remedy: 'write "staging": { from: "d1.pos.id" } among the environments of a variable',
      },
      {
        path: "settings",
        came: 'no variable of the environment "production" with { from: "d1.pos.id" }',
        expected: "a variable that carries d1.pos.id: the Worker's binding names it",
        remedy: 'write "production": { from: "d1.pos.id" } among the environments of a variable',
      },
      {
        path: "edge.d1.main.backup.bucket",
        came: 'nothing, where the bucket of backups "openclaw-pos-d1-backups" of production was',
        expected:
          '"openclaw-pos-d1-backups": another name or key is another, empty thing, and the data of this one would be lost',
        remedy:
          'write "openclaw-pos-d1-backups" again. To really move: declare the new thing under a key of its own, restore a backup into it, switch the binding, and remove the old thing in a later change together with its line in the stateful record (services/<service>.stateful.json)',
      },
      {
        path: "edge.d1.main.names.production",
        came: 'nothing, where the D1 database "openclaw-pos" of production was',
        expected: '"openclaw-pos": another name or key is another, empty thing, and the data of this one would be lost',
        remedy:
          'write "openclaw-pos" again. To really move: declare the new thing under a key of its own, restore a backup into it, switch the binding, and remove the old thing in a later change together with its line in the stateful record (services/<service>.stateful.json)',
      },
      {
        path: "edge.d1.main.names.staging",
        came: 'nothing, where the D1 database "openclaw-pos-staging" of staging was',
        expected:
          '"openclaw-pos-staging": another name or key is another, empty thing, and the data of this one would be lost',
        remedy:
          'write "openclaw-pos-staging" again. To really move: declare the new thing under a key of its own, restore a backup into it, switch the binding, and remove the old thing in a later change together with its line in the stateful record (services/<service>.stateful.json)',
      },
      {
        path: "edge.d1.pos.names.staging",
        came: '"openclaw-pos-staging", which is not in the stateful record',
        expected: "a record of everything that holds data, so that renaming it is noticed",
        remedy: "record it: npx gatehouse check --record",
      },
      {
        path: "edge.d1.pos.names.production",
        came: '"openclaw-pos", which is not in the stateful record',
        expected: "a record of everything that holds data, so that renaming it is noticed",
        remedy: "record it: npx gatehouse check --record",
      },
    ]);
  });

  test("a stage removed together with all that is in it is refused as loss of data", () => {
    expect(
      posRefusals({
        "stages.staging": REMOVED,
        "telemetry.stages.staging": REMOVED,
        "edge.workers.staging": REMOVED,
        "edge.addresses.staging": REMOVED,
        "edge.d1.main.names.staging": REMOVED,
        "release.rehearsal": REMOVED,
        "settings.CLOUDFLARE_API_TOKEN.environments": ["production"],
        "settings.SENTRY_DSN.environments": ["production"],
        "settings.CLOUDFLARE_ACCOUNT_ID.environments.staging": REMOVED,
        "settings.APP_ENV.environments.staging": REMOVED,
        "settings.D1_DATABASE_ID.environments.staging": REMOVED,
        "settings.D1_DATABASE_NAME.environments.staging": REMOVED,
        "settings.HEALTHCHECK_URL.environments.staging": REMOVED,
      }),
    ).toEqual([
      {
        path: "edge.d1.main.names.staging",
        came: 'nothing, where the D1 database "openclaw-pos-staging" of staging was',
        expected:
          '"openclaw-pos-staging": another name or key is another, empty thing, and the data of this one would be lost',
        remedy:
          'write "openclaw-pos-staging" again. To really move: declare the new thing under a key of its own, restore a backup into it, switch the binding, and remove the old thing in a later change together with its line in the stateful record (services/<service>.stateful.json)',
      },
    ]);
  });

  test("the whole edge removed is refused as loss of data", () => {
    expect(
      posRefusals({
        edge: REMOVED,
        release: REMOVED,
        runbooks: ["on-call", "error-budget"],
        "settings.D1_DATABASE_ID": REMOVED,
        "settings.D1_DATABASE_NAME": REMOVED,
        "settings.HEALTHCHECK_URL": REMOVED,
      }),
    ).toEqual([
      {
        path: "edge.d1.main.backup.bucket",
        came: 'nothing, where the bucket of backups "openclaw-pos-d1-backups" of production was',
        expected:
          '"openclaw-pos-d1-backups": another name or key is another, empty thing, and the data of this one would be lost',
        remedy:
          'write "openclaw-pos-d1-backups" again. To really move: declare the new thing under a key of its own, restore a backup into it, switch the binding, and remove the old thing in a later change together with its line in the stateful record (services/<service>.stateful.json)',
      },
      {
        path: "edge.d1.main.names.production",
        came: 'nothing, where the D1 database "openclaw-pos" of production was',
        expected: '"openclaw-pos": another name or key is another, empty thing, and the data of this one would be lost',
        remedy:
          'write "openclaw-pos" again. To really move: declare the new thing under a key of its own, restore a backup into it, switch the binding, and remove the old thing in a later change together with its line in the stateful record (services/<service>.stateful.json)',
      },
      {
        path: "edge.d1.main.names.staging",
        came: 'nothing, where the D1 database "openclaw-pos-staging" of staging was',
        expected:
          '"openclaw-pos-staging": another name or key is another, empty thing, and the data of this one would be lost',
        remedy:
          'write "openclaw-pos-staging" again. To really move: declare the new thing under a key of its own, restore a backup into it, switch the binding, and remove the old thing in a later change together with its line in the stateful record (services/<service>.stateful.json)',
      },
    ]);
  });

  test("a bucket of backups that was renamed is refused as loss of data", () => {
    expect(posRefusals({ "edge.d1.main.backup.bucket": "openclaw-pos-backups" })).toEqual([
      {
        path: "edge.d1.main.backup.bucket",
        came: '"openclaw-pos-backups", where the bucket of backups "openclaw-pos-d1-backups" of production was',
        expected:
          '"openclaw-pos-d1-backups": another name or key is another, empty thing, and the data of this one would be lost',
        remedy:
          'write "openclaw-pos-d1-backups" again. To really move: declare the new thing under a key of its own, restore a backup into it, switch the binding, and remove the old thing in a later change together with its line in the stateful record (services/<service>.stateful.json)',
      },
    ]);
  });

  test("a database that nobody has recorded is refused, with the command that records it", () => {
    expect(
      posRefusals({
        "edge.d1.audit": {
          names: { staging: "audit-staging", production: "audit" },
          binding: "AUDIT",
          migrations: "audit",
          readReplication: "disabled",
        },
      }),
    ).toEqual([
      {
        path: "settings",
        came: 'no variable of the environment "staging" with { from: "d1.audit.id" }',
        expected: "a variable that carries d1.audit.id: the Worker's binding names it",
        remedy: 'write "staging": { from: "d1.audit.id" } among the environments of a variable',
      },
      {
        path: "settings",
        came: 'no variable of the environment "production" with { from: "d1.audit.id" }',
        expected: "a variable that carries d1.audit.id: the Worker's binding names it",
        remedy: 'write "production": { from: "d1.audit.id" } among the environments of a variable',
      },
      {
        path: "edge.d1.audit.names.staging",
        came: '"audit-staging", which is not in the stateful record',
        expected: "a record of everything that holds data, so that renaming it is noticed",
        remedy: "record it: npx gatehouse check --record",
      },
      {
        path: "edge.d1.audit.names.production",
        came: '"audit", which is not in the stateful record',
        expected: "a record of everything that holds data, so that renaming it is noticed",
        remedy: "record it: npx gatehouse check --record",
      },
    ]);
  });

  test("a record that isn't one is refused", () => {
    expect(posRefusals({}, { stateful: { "production/d1": "openclaw-pos", "production/d1/main": 5 } })).toEqual([
      {
        path: '["production/d1"]',
        came: 'the key "production/d1"',
        expected: "<stage>/<kind>/<key>",
        remedy: "write it again: npx gatehouse check --record",
      },
      {
        path: '["production/d1/main"]',
        came: "5",
        expected: "the name of the thing",
        remedy: "write it again: npx gatehouse check --record",
      },
    ]);
  });

  const record = { "prod/namespace/eu-1": "summit-prod", "stage/namespace/eu-1": "summit-stage" };

  test("a Kubernetes namespace that was renamed is refused as loss of data, with the way out", () => {
    expect(summitRefusals({ "cluster.stages.prod.namespace": "summit-production" }, { stateful: record })).toEqual([
      {
        path: "cluster.stages.prod.namespace",
        came: '"summit-production", where the Kubernetes namespace "summit-prod" of prod was',
        expected:
          '"summit-prod" in the cluster "eu-1": another name or key is another, empty thing, and the data of this one would be lost',
        remedy:
          'write "summit-prod" again. To really move: declare a stage of its own with the new one, bring over what the old one holds, and remove the old thing in a later change together with its line in the stateful record (services/<service>.stateful.json)',
      },
    ]);
  });

  test("a stage that goes to another cluster is refused as loss of data", () => {
    const { path, came } =
      summitRefusals({ "cluster.stages.prod.cluster": "eu-2" }, { stateful: record }).find(({ expected }) =>
        expected.includes("would be lost"),
      ) ?? {};
    expect(path).toBe("cluster.stages.prod.cluster");
    expect(came).toBe('"summit-prod" in the cluster "eu-2", where the Kubernetes namespace "summit-prod" of prod was');
  });

  test("a stage in a cluster that is not declared any more is refused, also in a phase that has it off", () => {
    const changes = {
      phase: 2,
      "cluster.stages.prod": REMOVED,
      "cluster.train": REMOVED,
      runbooks: ["on-call", "error-budget"],
    };
    expect(summitRefusals(changes, { stateful: record })).toMatchObject([
      { path: "cluster.stages.prod", came: 'nothing, where the Kubernetes namespace "summit-prod" of prod was' },
    ]);
  });

  test("a namespace is recorded when its phase brings it, and not before", () => {
    const asked = (phase: number) =>
      summitRefusals({ phase }, { stateful: {} }).map(({ path, remedy }) => `${path}: ${remedy}`);
    const command = "record it: npx gatehouse check --record";
    expect(asked(6)).toEqual([]);
    expect(asked(7)).toEqual([`cluster.stages.stage.namespace: ${command}`]);
    expect(asked(8)).toEqual([
      `cluster.stages.stage.namespace: ${command}`,
      `cluster.stages.prod.namespace: ${command}`,
    ]);
  });
});
