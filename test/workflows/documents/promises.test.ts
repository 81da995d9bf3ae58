import { posix } from "node:path";
import type { Alert } from "../../../declaration/alerts";
import type { Service } from "../../../declaration/service";
import { openclawPos } from "../../../services/openclaw-pos";
import { organization } from "../../../services/organization";
import { relay } from "../../../services/relay";
import { alertCondition } from "../../../workflows/documents/alert-words";
import { latency, percent, plain, time } from "../../../workflows/documents/figures";
import { bucketBounds, budget, measured } from "../../../workflows/documents/objective-words";
import { alertRunbooks } from "../../../workflows/documents/runbooks/alert-runbook";
import { errorBudgetRunbook } from "../../../workflows/documents/runbooks/error-budget";
import { onCallRunbook } from "../../../workflows/documents/runbooks/on-call";
import { postgresRunbook } from "../../../workflows/documents/runbooks/postgres-backup-and-restore";
import { secretLeakRunbook } from "../../../workflows/documents/runbooks/secret-leak";
import { sloDocument } from "../../../workflows/documents/slo-document";
import { serviceFiles } from "../../../workflows/service-files";
import { HOSTILE } from "../hostile-text";

const service: Service = relay;
const source = { service, organization };
const EIGHT = [
  "LightEndpointLatencyHigh",
  "WebhookExecuteLatencyHigh",
  "ActionsErrorRateHigh",
  "HighErrorStreak",
  "RateLimitBreaches",
  "ServiceDown",
  "DatabaseConnectionPoolExhausted",
  "RedisDown",
];

describe("figures", () => {
  it("are without the noise of binary fractions", () => {
    expect([percent(0.999), percent(1 - 0.999), plain(0.02 * 30 * 24)]).toEqual(["99.9 %", "0.1 %", "14.4"]);
  });

  it("are in the unit that people say", () => {
    expect([latency(0.05), latency(1.2), time(2592), time(86_400), time(0.5)]).toEqual([
      "50 ms",
      "1.2 s",
      "43 min 12 s",
      "1 d",
      "1 s",
    ]);
  });
});

describe("an objective in words", () => {
  const { availability, errors } = relay.objectives;
  const latencyOf = (key: "light-latency" | "webhook-latency") => {
    const objective = relay.objectives[key];
    return [
      budget(objective, relay.telemetry.signals[objective.signal]),
      measured(objective, relay.telemetry.signals[objective.signal]),
    ];
  };

  it("of probes has its downtime (REL-4)", () => {
    expect(budget(availability, relay.telemetry.signals.health)).toBe(
      "43 min 12 s without an answer (0.1 % of the probes)",
    );
  });

  it("of events has what may fail, and what is bad", () => {
    expect(budget(errors, relay.telemetry.signals.requests)).toContain(
      "1 % of the events may fail: 10,000 of every 1,000,000;",
    );
    expect(measured(errors, relay.telemetry.signals.requests)).toBe(
      "Events are `http_requests_total`. Bad are `http_requests_total` where `code` matches `5..`.",
    );
  });

  it("of latencies has its threshold", () => {
    expect(latencyOf("webhook-latency")).toEqual([
      "5 % of the events may be slower: 50,000 of every 1,000,000; as much as 1 d 12 h in which nothing succeeds, with even traffic",
      "Events are what the classic histogram `http_request_duration_seconds` where `class` is `webhook` counts, in seconds. Bad is what takes longer than 1.2 s.",
    ]);
  });

  it("of a saturation has its limit", () => {
    const objective = { ...availability, signal: "database", limit: 0.9 };
    expect(measured(objective, relay.telemetry.signals.database)).toBe(
      "`db_pool_connections_in_use` as a share of `db_pool_connections_max`. Time above 90 % is bad.",
    );
    expect(budget(objective, relay.telemetry.signals.database)).toBe("43 min 12 s above the limit");
  });
});

describe("an alert's condition in words", () => {
  const alerts: Readonly<Record<string, Alert>> = relay.alerts;

  it.each<[string, string]>([
    [
      "LightEndpointLatencyHigh",
      "p99 of `light` over 5 minutes is above 50 ms (with at least 50 events), for 5 minutes",
    ],
    ["HighErrorStreak", "more than 10 % of `requests` failed over 3 minutes (with at least 50 events), for 3 minutes"],
    ["RateLimitBreaches", "there was any event of `rate-limited` within 5 minutes, for 10 minutes"],
    ["ServiceDown", "no probe of `health` succeeds, for 1 minute"],
    ["DatabaseConnectionPoolExhausted", "`database` is in use to more than 90 %, for 5 minutes"],
  ])("is that of %s (REL-5)", (name, words) => {
    const alert = alerts[name];
    expect(alert === undefined ? "" : alertCondition(alert)).toBe(words);
  });

  it("is that of a drop in traffic and of a query", () => {
    const common = { summary: "s", action: "a", owner: "maintainers", severity: "warning", forMinutes: 0 } as const;
    expect(
      alertCondition({
        ...common,
        kind: "traffic-drop",
        signal: "requests",
        drop: 0.4,
        daysAgo: [7, 14, 21],
        minimumEvents: 1000,
      }),
    ).toBe(
      "`requests` is 40 % or more below the same hour 7, 14 and 21 days ago (their mean, with at least 1,000 events in the hour), at once",
    );
    expect(alertCondition({ ...common, kind: "query", query: "queue_length", above: 1000, below: 1 })).toBe(
      "`queue_length` is above 1000 or below 1, at once",
    );
  });
});

describe("the runbooks of alerts", () => {
  const runbooks = alertRunbooks(source);

  it("are eight, one for each alert of relay (REL-5)", () => {
    expect(runbooks.map(({ content }) => /^# (.+)$/m.exec(content)?.[1])).toEqual(EIGHT);
  });

  it("say what is wrong, who is told, what to do first and then, and where to go on", () => {
    const content = runbooks.find(({ path }) => path === "docs/runbooks/service-down.md")?.content ?? "";
    for (const part of [
      "The service does not answer its health check.",
      "| Severity | page |",
      "| Told | `maintainers` (`@openclaw/relay-maintainers`), by `relay-on-call` |",
      "## First\n\nSee whether Railway or the newest deployment is the cause; roll back or redeploy.",
      "1. Ask the health check yourself",
      "`platform` (`@openclaw/platform`)",
      "[roll back](on-call.md#4-stop-the-damage-before-you-look-for-the-cause)",
    ])
      expect(content).toContain(part);
  });

  it("end each sentence once", () => {
    const alerts = { RedisDown: { ...relay.alerts.RedisDown, summary: "Redis is down!", action: "Restart it." } };
    const [runbook] = alertRunbooks({ organization, service: { ...service, alerts } });
    expect(runbook?.content).toContain("\n\nRedis is down!\n\n");
    expect(runbook?.content).toContain("\n\nRestart it.\n\n");
  });

  it("are left out for an alert that names a runbook of the service", () => {
    const { response: _response, ...plain } = relay.alerts.RedisDown;
    const alerts = { RedisDown: { ...plain, runbook: "on-call" } };
    expect(alertRunbooks({ organization, service: { ...service, alerts } })).toEqual([]);
  });

  it("link to no section that the on-call runbook has not", () => {
    expect(onCallRunbook(source).content).toContain("\n## 4. Stop the damage before you look for the cause\n");
    const without = { organization, service: { ...service, runbooks: ["error-budget"] as const } };
    for (const { content } of alertRunbooks(without)) expect(content).not.toContain("on-call.md");
  });
});

describe("the runbook of error budgets", () => {
  const { content } = errorBudgetRunbook(source);

  it("says what a page and a ticket of each objective mean, with their figures", () => {
    expect(content).toContain("| Promise | 99.9 % over 30 days |");
    expect(content).toContain(
      "2 % of the budget in 1 h: more than 1.44 % bad over 1 h and over the last 5 min (burn rate 14.4)",
    );
    expect(content).toContain(
      "10 % of the budget in 3 d: more than 0.1 % bad over 3 d and over the last 6 h (burn rate 1)",
    );
    for (const name of Object.keys(relay.objectives)) expect(content).toContain(`### ${name}\n`);
  });

  it("freezes releases in red, from 80 % on, and says what to do in yellow, from 50 % on (REL-4)", () => {
    expect(content).toContain("| `errors` | less than 50 % used | 50 % to 80 % | more than 80 % |");
    expect(content).toContain("- **Red**: releases are frozen.");
    const objectives = { errors: { ...relay.objectives.errors, budget: { yellowFrom: 0.25, redFrom: 0.6 } } };
    expect(errorBudgetRunbook({ organization, service: { ...service, objectives } }).content).toContain(
      "| `errors` | less than 25 % used | 25 % to 60 % | more than 60 % |",
    );
  });

  it("names the panels that show an objective, and the command that asks the gate", () => {
    expect(content).toContain("`Error rate`, `Error budget left`");
    expect(content).toContain("npx gatehouse gate relay --stage production");
  });
});

describe("docs/slos.md", () => {
  const content = sloDocument(source)?.content ?? "";

  it("has every objective with its promise, its owner and its runbook", () => {
    expect(content).toContain(
      "| `errors` | 99 % over 7 days | Requests are answered without an error of ours | `maintainers` (`@openclaw/relay-maintainers`) |",
    );
    expect(content).toContain("- Runbook: [error-budget](runbooks/error-budget.md).");
  });

  it("has every alert with its severity, its condition and its runbook (REL-5)", () => {
    const rows = [
      ...content.matchAll(
        /^\| `(\w+)` \| (?:page|critical|warning|info) \| .+ \| \[[\w-]+\]\(runbooks\/[\w-]+\.md\) \|$/gm,
      ),
    ];
    expect(rows.map((row) => row[1])).toEqual(EIGHT);
  });

  it("lists the bounds that a classic histogram must have, the promise's marked", () => {
    expect(content).toContain(
      "- Buckets: `http_request_duration_seconds_bucket` must have these upper bounds (`le`, in seconds), in every version that runs: `0.005`, `0.01`, `0.025`, **`0.05` (the promise)**, `0.1`,",
    );
    expect(content.match(/^- Buckets: /gm)).toHaveLength(2);
  });

  it("writes the bounds in the unit of the histogram, and none of a native one", () => {
    const { light } = relay.telemetry.signals;
    const objective = relay.objectives["light-latency"];
    expect(bucketBounds(objective, { ...light, unit: "milliseconds", buckets: [0.05, 0.07] })).toEqual([
      "`http_request_duration_seconds_bucket` must have these upper bounds (`le`, in milliseconds), in every version that runs: **`50` (the promise)**, `70`.",
    ]);
    expect(bucketBounds(objective, { ...light, histogram: "native", buckets: undefined })).toEqual([]);
  });

  it("says how far the gate looks back for each objective", () => {
    expect(content.match(/^- Gate: it looks back 10 minutes\.$/gm)).toHaveLength(4);
    const objectives = { errors: { ...relay.objectives.errors, gateMinutes: 15 } };
    expect(sloDocument({ organization, service: { ...service, objectives } })?.content).toContain(
      "- Gate: it looks back 15 minutes.",
    );
  });

  it("shows expressions as they are written, outside of tables too", () => {
    expect(sloDocument({ organization, service: openclawPos })?.content).toContain("matches `GET|HEAD|OPTIONS`");
  });

  it("is left out when nothing is promised", () => {
    const { objectives: _objectives, ...plain } = service;
    expect(sloDocument({ organization, service: plain })).toBeUndefined();
  });
});

describe("the runbooks of a service on Railway with Postgres", () => {
  it("ask its own health check, and release and roll back by its own workflow", () => {
    const { content } = onCallRunbook(source);
    expect(content).toContain("https://relay.example.com/health # production");
    expect(content).toContain("gh workflow run deploy.yml --repo openclaw/relay --ref main --field mode=rollback");
    expect(content).not.toMatch(/wrangler|Cloudflare|Worker/i);
  });

  it("revoke what it has, and speak of nobody's Cloudflare", () => {
    const { content } = secretLeakRunbook(source);
    expect(content).toContain("- `RAILWAY_TOKEN`: Railway → the project → Settings → Tokens");
    expect(content).toContain(
      "a public repository gives copies to everybody who has an account: the data of the last 30 days",
    );
    const repository = { ...relay.repository, visibility: "private" } as const;
    expect(secretLeakRunbook({ organization, service: { ...service, repository } }).content).not.toContain(
      "a public repository",
    );
    expect(content).toContain("--field job=drill");
    expect(content).not.toMatch(/Cloudflare|release-cloudflare/);
  });

  it("restore the dump from before the damage, never into a database that has tables", () => {
    const content = postgresRunbook(source)?.content ?? "";
    expect(content).toContain("scripts/restore-postgres.sh --into <name of the empty database> --dump <id of the run>");
    expect(content).toContain("one that has tables is never touched");
    expect(content).toContain("| Kept | 30 days, artifact `postgres-dump` |");
    expect(content).toContain("`latest` would be the damaged state of step 1");
  });

  it("on Cloudflare has none of Postgres", () => {
    expect(postgresRunbook({ organization, service: openclawPos })).toBeUndefined();
  });
});

describe.each<[string, Service]>([
  ["relay", relay],
  ["openclaw-pos", openclawPos],
])("the documents of %s", (_name, of) => {
  const files = serviceFiles(of, organization, {});
  const paths = new Set(files.map(({ path }) => path));

  it("name only documents that exist", () => {
    for (const { content } of files)
      for (const [named] of content.matchAll(/docs\/[\w/-]+\.(?:md|json)\b/g)) expect([...paths]).toContain(named);
  });

  it("link only to documents that exist", () => {
    for (const { path, content } of files.filter(
      (file) => file.path.startsWith("docs/") && file.path.endsWith(".md"),
    )) {
      for (const [, target = ""] of content.matchAll(/\]\((?!https?:)([^)#]+)/g))
        expect([...paths]).toContain(posix.join(posix.dirname(path), target));
    }
  });
});

describe("hostile text in summaries, actions and steps", () => {
  const alerts = Object.fromEntries(
    Object.entries(relay.alerts).map(([name, alert]) => [
      name,
      { ...alert, summary: HOSTILE, action: HOSTILE, response: [HOSTILE, "1. not a list", "# no heading"] } as Alert,
    ]),
  );
  const objectives = Object.fromEntries(
    Object.entries(relay.objectives).map(([name, objective]) => [name, { ...objective, description: HOSTILE }]),
  );
  const hostile = { organization, service: { ...service, alerts, objectives } };

  it("stays text", () => {
    const documents = [...alertRunbooks(hostile), errorBudgetRunbook(hostile), sloDocument(hostile)];
    for (const document of documents) {
      expect(document?.content).not.toMatch(/<script|[^\\]\]\(javascript|\$\{\{|[^\\]\*b\*/);
      expect(document?.content.match(/^# .+$/gm)).toHaveLength(1);
      for (const line of document?.content.split("\n").filter((row) => row.startsWith("|")) ?? [])
        expect(line.endsWith("|")).toBe(true);
    }
  });
});
