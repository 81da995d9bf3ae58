import type { Fleet } from "../../declaration/fleet";
import type { Problem } from "../../declaration/problem";
import { validate } from "../../declaration/validate";
import { type Path, pathsOf, renamed, replaced, valueAt } from "./change";
import { hotdashFleet, minimalFleet, posFleet, relayFleet, summitFleet } from "./fixture";

/** All kinds of services, with every kind of job, step, address, thing at the edge, alert and panel that they themselves have not. */
const rich: Fleet = (() => {
  const alert = { summary: "Odd", action: "Look", owner: "platform", severity: "info", forMinutes: 1 };
  const relay = relayFleet({
    service: {
      "telemetry.signals.requests.total.where": {
        a: { not: "x" },
        b: { matches: "x.*" },
        c: { notMatches: "y.*" },
        d: "日本",
      },
      "telemetry.signals.requests.status": "code",
      "telemetry.signals.served": {
        kind: "events",
        description: "Requests that went well",
        total: { metric: "served_total" },
        good: { metric: "served_total", where: { ok: "1" } },
      },
      "telemetry.signals.native": {
        kind: "latency",
        description: "A native histogram",
        metric: "native_seconds",
        histogram: "native",
        unit: "seconds",
      },
      "objectives.served": {
        description: "Served",
        owner: "platform",
        signal: "served",
        target: 0.9,
        windowDays: 7,
        minimumEvents: 5,
        gateMinutes: 15,
        budget: { yellowFrom: 0.4, redFrom: 0.7 },
        runbook: "error-budget",
      },
      "objectives.room": {
        description: "Connections are left",
        owner: "platform",
        signal: "database",
        target: 0.99,
        limit: 0.8,
        windowDays: 30,
        minimumEvents: 5,
        runbook: "error-budget",
      },
      "alerts.Odd": { ...alert, kind: "query", query: "max(up)", below: 1, runbook: "on-call" },
      "alerts.Drop": {
        ...alert,
        kind: "traffic-drop",
        signal: "requests",
        drop: 0.4,
        daysAgo: [7, 14],
        minimumEvents: 100,
        runbook: "on-call",
      },
      "dashboard.panels.classes": { kind: "status-classes", title: "Answers", signal: "requests" },
      "dashboard.panels.native": { kind: "latency", title: "Native", signal: "native", quantiles: [0.5] },
      "dashboard.panels.pool": { kind: "saturation", title: "Pool", signal: "database" },
      "dashboard.panels.deployed": { kind: "last-deployment", title: "Deployed" },
    },
  });
  const names = { staging: "thing-staging", production: "thing" };
  const dated = { description: "Odd", owner: "platform", reviewed: "2026-11-27", expires: "2027-02-01" };
  const flag = { ...dated, kind: "boolean", default: false, killSwitch: true };
  const choice = { ...dated, kind: "text", choices: ["d1", "kv"], default: "d1" };
  const fleet = posFleet({
    service: {
      "edge.kv": { cache: { names, binding: "CACHE" } },
      flags: {
        kv: "cache",
        calls: ["*.getBooleanValue", "flags.isOn"],
        registry: { "new-till": flag, "cart-store": { ...choice, values: { production: "kv" } } },
      },
      "settings.CACHE_ID": {
        kind: "variable",
        description: "Id of the cache",
        owner: "platform",
        environments: { staging: { from: "kv.cache.id" }, production: { from: "kv.cache.id" } },
      },
      "edge.buckets": { files: { names, binding: "FILES" } },
      "edge.crons": { production: ["5 * * * *"] },
      "edge.addresses.staging": { route: "api.example.com/pos/*", zone: "example.com" },
      "ci.jobs.unit": {
        kind: "steps",
        gate: "unit",
        name: "unit tests",
        timeoutMinutes: 5,
        needs: ["shellcheck"],
        matrix: { node: ["20", "22"] },
        steps: [
          { name: "Test", run: "npm test", env: { APP: { setting: "APP_ENV" }, MODE: "fast" } },
          {
            name: "Set up",
            action: { uses: "actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020", version: "v4.4.0" },
            with: { "node-version": "20" },
          },
        ],
      },
    },
    sealed: {
      production: {
        SENTRY_DSN: {
          ciphertext: `${"A".repeat(66)}==`,
          keyId: "568250167242549743",
          owner: "maintainers",
          sealedAt: "2026-11-21T09:30:00Z",
          rotateBy: "2027-11-21T09:30:00Z",
        },
      },
    },
  });
  const [entry] = fleet.services;
  if (entry === undefined) throw new Error("no service");
  const stateful = { ...entry.stateful };
  for (const stage of ["staging", "production"] as const) {
    stateful[`${stage}/kv/cache`] = names[stage];
    stateful[`${stage}/bucket/files`] = names[stage];
  }
  const summit = summitFleet({
    service: {
      "cluster.image.repository": "ghcr.io/openclaw/summit-service",
      "cluster.container.cpuLimitMillis": 500,
      "labels.spare": { color: "cccccc", description: "Nothing refers to it" },
      "cluster.stages.stage.workload": "deployment",
      flags: {
        registry: {
          "new-till": { ...flag, values: { stage: true }, preview: true },
          "cart-store": { ...choice, preview: "kv" },
        },
      },
    },
    organization: {
      "clusters.us-1": {
        description: "A cluster with the older entrance",
        team: "platform",
        context: "us-1",
        version: "1.30",
        entrance: { kind: "ingress-nginx", className: "nginx", podsIn: "ingress-nginx" },
        metrics: {
          url: "https://prometheus.example.com",
          authorization: { secret: "prometheus", key: "token" },
          scrapedFrom: "monitoring",
        },
        controllers: [],
      },
    },
  });
  const hotdash = hotdashFleet({
    service: {
      "main.breakGlass.openings": [
        {
          from: "2026-11-27T09:00:00Z",
          until: "2026-11-28T09:00:00Z",
          reason: "Nothing can be built",
          ticket: "https://github.com/openclaw/hotdash/issues/7",
          approver: "security",
        },
      ],
    },
  });
  return {
    organization: summit.organization,
    services: [{ ...entry, stateful }, ...relay.services, ...hotdash.services, ...summit.services],
  };
})();

const PATHS = pathsOf(rich).filter((path) => path.length > 1 && path.join(".") !== "services.0");
const TEXTS = PATHS.filter((path) => typeof valueAt(rich, path) === "string");

/** One position of each kind: what holds for one setting of a kind, one role or one item of a list holds for all. */
const KINDS = [...new Map(PATHS.map((path) => [kindOf(path), path])).values()];
const KINDS_OF_TEXT = KINDS.filter((path) => typeof valueAt(rich, path) === "string");

const KINDS_OF_ENTRIES = KINDS.filter((path) => typeof path.at(-1) === "string");

/** Text that would be code to Terraform, cdktf or GitHub, wherever it stands. */
const CODE = [
  '${jsondecode(file("/etc/passwd"))}',
  "%{ if true }",
  "${TfToken[TOKEN.0]}",
  "${{ secrets.CLOUDFLARE_API_TOKEN }}",
];

/** Text that is no name of anything. */
const NO_NAMES = ["日本語 👍", "two words", "x".repeat(301), ""];

/** Where people write prose or values for each other: spaces and all letters are welcome. */
const PROSE =
  /^organization\.(?:teams|clusters)\.[\w-]+\.description|^organization\.grafana\.(?:dataSources|contactPoints)\.[\w-]+\.name|\.service\.(?:description|responsibilities\.\w+\.description|stages\.\w+\.unattended\.[\w-]+\.description|settings\.\w+\.description|cluster\.secrets\.\w+\.description|release\.migrationNotes|railway\.migrations\.notes|cluster\.train\.migrationNotes|labels\.[\w-]+\.description|main\.breakGlass\.(?:when\.\d|openings\.\d\.reason)|fly\.migrationNotes|flags\.registry\.[\w-]+\.description|telemetry\.signals\.[\w-]+\.description|objectives\.[\w-]+\.description|alerts\.\w+\.(?:summary|action|response\.\d+)|dashboard\.panels\.[\w-]+\.title|pullRequestChecklist\.\d+|ci\.jobs\.[\w-]+\.(?:name|command|steps\.\d\.(?:name|run)))$/;

/** What a shell reads. */
const SHELL = /\.service\.ci\.jobs\.[\w-]+\.(?:command|steps\.\d\.run)$/;

/** Where a value of a variable, of a step or of a label stands, or an expression. */
const VALUE =
  /\.service\.(?:telemetry\.(?:[\w-]+\.)+where\.\w+(?:\.\w+)?|alerts\.\w+\.query|settings\.\w+\.(?:local|ci|environments\.[\w-]+)|(?:cluster|fly)\.(?:stages\.\w+|previews)\.variables\.\w+|cluster\.previews\.seed\.command\.\d|ci\.jobs\.unit\.steps\.\d\.(?:env|with)\.[\w-]+)$/;

function isFree(path: Path): boolean {
  const place = path.join(".");
  if (PROSE.test(place)) return true;
  // An age recipient has a form.
  if (place.includes(".BACKUP_AGE_RECIPIENT.")) return false;
  // Where traces go is a URL.
  if (place.endsWith(".OTLP_TRACES_ENDPOINT.environments.traces")) return false;
  const setting = path[3] === "settings" ? valueAt(rich, path.slice(0, 5)) : undefined;
  return VALUE.test(place) && (setting === undefined || (setting as { kind: string }).kind === "variable");
}

/** Text from which a regular expression that isn't linear would not come back. */
const LONG = ["a", "a-", "0,", "/", "\n", "* ", "A"].map((part) => `${part.repeat(100_000)}!`);

/** Values that JSON has too: each check must bear them in every position. */
const WRONG_TYPES: Readonly<Record<string, unknown>> = {
  null: null,
  "a number": 42,
  text: "x y",
  true: true,
  "an empty record": {},
  "an empty list": [],
  "a list in a list": [[[]]],
  NaN: Number.NaN,
};

/** Values that are no data: refused before any check sees them, so each position gets one after the other. */
const NO_DATA: readonly (() => unknown)[] = [
  () => Number.POSITIVE_INFINITY,
  () => new Date(0),
  () => new Map([["a", 1]]),
  () => () => "x",
  () => Symbol("x"),
  () => 5n,
  () => new Array(3),
  throwing,
  circle,
  nested,
  () => ({ __proto__: { team: "x" } }),
];

test("the declaration that is walked is itself without a problem", () => {
  expect(validate(rich)).toEqual([]);
  expect(PATHS.length).toBeGreaterThan(400);
});

describe("text that is code is refused in every position", () => {
  test.each(CODE)("%s", (code) => {
    // What finds one finds all of them: the others are tried once a kind of position.
    const places = code === CODE[0] ? TEXTS : KINDS_OF_TEXT;
    const accepted = places.filter((path) => {
      const problems = validateAt(path, replaced(rich, path, code));
      return problems.length === 0 || !saysWhatCameAndWhatToDo(problems);
    });
    // A script of a step and a job's command are the shell's: they may have ${NAME} and %{…}, not GitHub's expressions or cdktf's tokens.
    const shell = code === CODE[0] || code === CODE[1] ? places.filter((path) => SHELL.test(path.join("."))) : [];
    expect(accepted.map((path) => path.join("."))).toEqual(shell.map((path) => path.join(".")));
  });
});

describe("text that is no name is refused in every position but prose and values", () => {
  test.each(NO_NAMES)("%j", (text) => {
    const accepted = KINDS_OF_TEXT.filter((path) => !isFree(path)).filter(
      (path) => validateAt(path, replaced(rich, path, text)).length === 0,
    );
    expect(accepted.map((path) => path.join("."))).toEqual([]);
  });

  test("and prose and values take it", () => {
    const places = TEXTS.filter(isFree);
    expect(places.length).toBeGreaterThan(40);
    const refused = places.filter((path) => validateAt(path, replaced(rich, path, "日本語 👍, two words")).length > 0);
    expect(refused.map((path) => path.join("."))).toEqual([]);
  });
});

describe("a key that is code or no name is refused in every record", () => {
  test.each([...CODE, "x".repeat(301), "__proto__", ""])("%s", (key) => {
    const accepted = KINDS_OF_ENTRIES.filter((path) => validateAt(path, renamed(rich, path, key)).length === 0);
    expect(accepted.map((path) => path.join("."))).toEqual([]);
  });

  test.each([
    ["日本語", ["services.3.service.labels.spare", "services.1.service.postgres.keyTables.sessions"]],
    ["two words", ["services.3.service.labels.spare"]],
  ])("%s, but as the name of a label or a table", (key, names) => {
    const accepted = KINDS_OF_ENTRIES.filter((path) => validateAt(path, renamed(rich, path, key)).length === 0);
    expect(accepted.map((path) => path.join("."))).toEqual(names);
  });
});

describe("whatever stands in a position, validation answers with problems and never throws", () => {
  test.each(Object.entries(WRONG_TYPES))("%s", (_what, wrong) => {
    const places = KINDS.filter((path) => !isOfKind(wrong, valueAt(rich, path)) && !VALUE.test(path.join(".")));
    const accepted = places.filter((path) => validateAt(path, replaced(rich, path, wrong)).length === 0);
    expect(accepted.map((path) => path.join("."))).toEqual([]);
  });

  test.each(NO_DATA.map((_, first) => [first]))("what is no data, the first position having number %i", (first) => {
    const places = PATHS.filter((_, index) => index % NO_DATA.length === 0);
    const accepted = places.filter((path, index) => {
      const make = NO_DATA[(first + index) % NO_DATA.length];
      return make !== undefined && validateAt(path, replaced(rich, path, make())).length === 0;
    });
    expect(accepted.map((path) => path.join("."))).toEqual([]);
  });

  test.each(LONG.map((text) => [JSON.stringify(text.slice(0, 2)), text]))(
    "%s a hundred thousand times",
    (_part, text) => {
      const accepted = KINDS_OF_TEXT.filter((path) => validateAt(path, replaced(rich, path, text)).length === 0);
      expect(accepted).toEqual([]);
    },
  );

  test("the whole declaration, too", () => {
    for (const [what, make] of [...Object.values(WRONG_TYPES).map((value) => () => value), ...NO_DATA].entries()) {
      for (const path of [["organization"], ["services", 0], ["services", 0, "service"]] satisfies Path[]) {
        const problems = validate(replaced(minimalFleet(), path, make()));
        expect([what, path, problems.length > 0]).toEqual([what, path, true]);
      }
    }
  });
});

/** What is wrong after a change at a path; the services that it doesn't touch are right as they are, and left out. */
function validateAt([section, index]: Path, changed: Fleet): readonly Problem[] {
  return validate(
    section === "services" ? { ...changed, services: [changed.services[Number(index)]] as Fleet["services"] } : changed,
  );
}

/** Another value of the same type may be right; one of another type is not. */
function isOfKind(value: unknown, declared: unknown): boolean {
  return typeof value === typeof declared && Array.isArray(value) === Array.isArray(declared) && value !== null;
}

function kindOf(path: Path): string {
  const kinds = path.map((_, length) => (valueAt(rich, path.slice(0, length)) as { kind?: unknown }).kind);
  const kind = kinds.findLast((each) => typeof each === "string") ?? "";
  const named =
    /\.(signals|objectives|alerts|panels|keyTables|owners|responsibilities|settings|labels|names|environments|addresses|workers|unattended|teams|where|routes|contactPoints|registry)\.[^.]+/g;
  return kind + path.join(".").replace(named, ".$1.*").replace(/\.\d+/g, ".0");
}

function saysWhatCameAndWhatToDo(problems: readonly Problem[]): boolean {
  return problems.every(({ subject, came, expected, remedy }) =>
    [subject, came, expected, remedy].every((part) => part.length > 0 && part.length < 2000),
  );
}

function throwing(): unknown {
  return {
    get name(): string {
      throw new Error("asked");
    },
  };
}

function circle(): unknown {
  const one: Record<string, unknown> = {};
  one.a = one;
  one.b = [one];
  return one;
}

function nested(): unknown {
  let deep: unknown = [];
  for (let level = 0; level < 10_000; level++) deep = level % 2 === 0 ? { a: deep } : [deep];
  return deep;
}
