import type { Service } from "../../../declaration/service";
import { organization } from "../../../services/organization";
import { summit as declared } from "../../../services/summit";
import { canaryRunbook } from "../../../workflows/documents/runbooks/canary";
import { incidentClassesRunbook } from "../../../workflows/documents/runbooks/incident-classes";
import { incidentTemplate } from "../../../workflows/documents/runbooks/incident-template";
import { migrationRunbook } from "../../../workflows/documents/runbooks/migration";
import { onCallRunbook } from "../../../workflows/documents/runbooks/on-call";
import { rollbackRunbook } from "../../../workflows/documents/runbooks/rollback";
import type { RunbookSource } from "../../../workflows/documents/runbooks/runbook-source";
import { secretLeakRunbook } from "../../../workflows/documents/runbooks/secret-leak";
import type { RenderedFile } from "../../../workflows/rendered-file";
import { HOSTILE } from "../hostile-text";

const summit: Service = {
  ...declared,
  runbooks: [
    "on-call",
    "incident-template",
    "secret-leak",
    "error-budget",
    "canary",
    "rollback",
    "migration",
    "incident-classes",
  ],
};
const { cluster } = summit;
if (cluster?.train === undefined) throw new Error("summit has no train");
const { train: _train, ...trackless } = cluster;
const withoutTrain: Service = { ...summit, cluster: trackless };
const { cluster: _cluster, ...elsewhere } = summit;

type Runbook = (source: RunbookSource) => RenderedFile | undefined;
const contentOf = (runbook: Runbook, service: Service = summit) => runbook({ service, organization })?.content ?? "";

describe("the runbook on canaries (MAE-15)", () => {
  const content = contentOf(canaryRunbook);

  test("has the steps, the time they take, and the objectives that judge them", () => {
    expect(content).toContain("| Steps | 5 % → 25 % → 50 % → 100 % |");
    expect(content).toContain("| All of it takes at least | 30 min |");
    expect(content).toContain("| Stopped at any time by | `summit-watch` |");
    expect(content).toContain("99.5 % over 30 days; no verdict with fewer than 100 events");
  });

  test("speaks of the stage that has a canary, and of no other", () => {
    expect(content).toContain("--context eu-1 --namespace summit-prod");
    expect(content).not.toContain("summit-stage");
  });

  test.each(["Healthy", "Progressing", "Paused", "Degraded", "InconclusiveAnalysisRun", "RolloutAborted"])(
    "says what %s means",
    (word) => {
      expect(content).toContain(`\`${word}\``);
    },
  );

  test("no verdict waits for a person, and says for whom, and how the train hears of it", () => {
    const part = content.slice(content.indexOf("## No verdict"));
    expect(part).toContain("No verdict is no pass");
    expect(part).toContain("`rollouts_pod_template_hash`");
    expect(part).toContain("`release-captain` (`@openclaw/release-captains`) decides");
    expect(part).toContain("--field action=resume --field commit=<full SHA>");
  });

  test("is none without a canary", () => {
    const stages = Object.fromEntries(
      Object.entries(cluster.stages).map(([stage, { canary: _canary, ...entry }]) => [stage, entry]),
    );
    expect(canaryRunbook({ service: { ...summit, cluster: { ...cluster, stages } }, organization })).toBeUndefined();
    expect(canaryRunbook({ service: elsewhere, organization })).toBeUndefined();
  });
});

describe("the runbook on rollbacks (MAE-15)", () => {
  const content = contentOf(rollbackRunbook);

  test("is one command, and before it the abort of a canary", () => {
    const command =
      'gh workflow run release-train.yml --repo openclaw/summit --ref main --field action=rollback --field reason="<what is wrong>"';
    expect(content.split("\n")).toContain(command);
    expect(content.indexOf("kubectl argo rollouts abort")).toBeLessThan(content.indexOf(command));
  });

  test("says what GitHub asks for before it", () => {
    expect(content).toContain(
      "The environment `prod` asks for the approval of `release-captain` (`@openclaw/release-captains`), not of whoever started it, and then waits 5 minutes",
    );
    const prod = { ...summit.stages.prod, reviewers: [], preventSelfReview: false, waitMinutes: 0, branches: ["main"] };
    expect(contentOf(rollbackRunbook, { ...summit, stages: { ...summit.stages, prod } })).not.toContain(
      "The environment",
    );
  });

  test("says who removes the tag that freezes releases, and how", () => {
    const part = content.slice(content.indexOf("## Releases are frozen"));
    expect(part).toContain("`release-captain` (`@openclaw/release-captains`) may remove it");
    expect(part).toContain("git push origin --delete refs/tags/frozen/rollback\n");
  });

  test.each(["The metrics store", "The registry", "GitHub", "The cluster's API", "The cluster"])(
    "says what to do while away: %s",
    (what) => {
      expect(content).toContain(`| ${what} |`);
    },
  );

  test("goes back by hand past all steps; a Deployment has none", () => {
    expect(content).toContain("kubectl argo rollouts undo summit --context eu-1 --namespace summit-prod\n");
    expect(content).toContain("kubectl argo rollouts promote summit --context eu-1 --namespace summit-prod --full\n");
    const { canary: _canary, ...prod } = cluster.stages.prod ?? {};
    const deployment = { ...cluster.stages, prod: { ...prod, workload: "deployment" } } as typeof cluster.stages;
    const plain = contentOf(rollbackRunbook, { ...summit, cluster: { ...cluster, stages: deployment } });
    expect(plain).toContain("kubectl --context eu-1 --namespace summit-prod rollout undo deployments.apps/summit\n");
    expect(plain).not.toContain("kubectl argo rollouts");
  });

  test("is none without a train, or before its phase", () => {
    expect(rollbackRunbook({ service: withoutTrain, organization })).toBeUndefined();
    expect(rollbackRunbook({ service: { ...summit, phase: 5 }, organization })).toBeUndefined();
  });
});

describe("the runbook on migrations (MAE-15)", () => {
  test("goes by expanding and contracting, for two versions run at once", () => {
    const content = contentOf(migrationRunbook);
    expect(content).toContain("two versions run at once, for at least 30 min");
    const releases = [
      "1. Expand",
      "2. Write both",
      "3. Move",
      "4. Read the new",
      "5. Write the new only",
      "6. Contract",
    ];
    expect(content.match(/^\| \d\. [^|]+/gm)?.map((cell) => cell.slice(2).trim())).toEqual(releases);
    expect(content).toContain("CI checks it in `migrations`");
    expect(content).toContain("a number above all that are on `main`");
    expect(content).toContain("| `- contract: 0007_drop_old: <tag of a release>` | `migrations-plan.md` |");
    expect(content).toContain("```sh\nscripts/check-migrations.sh origin/main\n```");
  });

  test("is none without a train", () => {
    expect(migrationRunbook({ service: withoutTrain, organization })).toBeUndefined();
  });
});

describe("the runbook on classes of incidents (MAE-15)", () => {
  const content = contentOf(incidentClassesRunbook);

  test("has each class with its response and the service's own alerts", () => {
    expect(content).toContain("within 15 minutes, day and night | `page` |");
    const major = content.slice(content.indexOf("## Major"), content.indexOf("## Minor"));
    expect(major).toContain("- Called: `maintainers` (`@openclaw/summit-maintainers`), by `summit-on-call`.");
    expect(major).toContain(
      "| `SummitErrorRateHigh` | More than 3 % of requests fail | `docs/runbooks/summit-error-rate-high.md` |",
    );
    expect(major).not.toContain("SummitMemoryFull");
  });

  test("an error budget that burns fast is critical, one that burns slowly minor", () => {
    expect(content.indexOf("a page on the budget of `availability`")).toBeLessThan(content.indexOf("## Major"));
    expect(content.indexOf("a ticket on the budget of `availability`")).toBeGreaterThan(content.indexOf("## Minor"));
  });

  test("speaks of no canary where there is none", () => {
    expect(content).toContain("A canary that stopped itself");
    expect(contentOf(incidentClassesRunbook, elsewhere)).not.toContain("canary");
  });
});

describe("the on-call runbook of a service in a cluster", () => {
  const content = contentOf(onCallRunbook);

  test("asks each stage for its health, and shows its pods, logs and events", () => {
    expect(content).toContain("https://summit.example.com/readyz # prod");
    expect(content).toContain(
      "kubectl --context eu-1 --namespace summit-stage logs --selector app.kubernetes.io/name=summit,",
    );
    expect(content).toContain("kubectl argo rollouts restart summit --context eu-1 --namespace summit-prod");
  });

  test("goes back by the train, which knows what was good; by hand only without GitHub", () => {
    const part = content.slice(content.indexOf("## 4."), content.indexOf("## 5."));
    expect(part).toContain("release-train.yml --repo openclaw/summit --ref main --field action=rollback");
    expect(part).not.toMatch(/--field sha|git tag/);
    expect(part.indexOf("Only if GitHub itself is down")).toBeLessThan(part.indexOf("kubectl argo rollouts undo"));
  });

  test("other runbooks link to the one on rollbacks", () => {
    expect(contentOf(canaryRunbook)).toContain("- A deployment explains it: [roll back](rollback.md).");
    const early = contentOf(incidentClassesRunbook, { ...summit, phase: 5 });
    expect(early).toContain("- A deployment explains it: [roll back](on-call.md#4");
  });

  test("speaks of no workflow where none delivers the service", () => {
    const plain = contentOf(onCallRunbook, withoutTrain);
    expect(plain).toContain("revert its pull request");
    expect(plain).toContain("kubectl --context eu-1");
    expect(plain).not.toMatch(/release-train|undefined/);
  });
});

test("an incident's template names the classes where they are explained", () => {
  expect(contentOf(incidentTemplate)).toContain("critical / major / minor: `docs/runbooks/incident-classes.md` |");
  expect(contentOf(incidentTemplate, { ...summit, runbooks: ["on-call"] })).toContain("critical / major / minor |");
});

describe("the runbook of a leak, of a service in a cluster", () => {
  const content = contentOf(secretLeakRunbook);

  test("makes the deployer's kubeconfig of a token that ends by itself, and shows it nowhere", () => {
    expect(content).toContain("create token deployer --bound-object-kind Secret");
    expect(content).toContain("--duration 2328h");
    expect(content).toContain('npx gatehouse seal summit "$ENVIRONMENT" KUBE_CONFIG; unset TOKEN\n');
    expect(content).not.toContain("gatehouse seal summit prod KUBE_CONFIG");
    expect(content).toContain("The token is to end 7 days after it must have been renewed (90 days)");
  });

  test("says of each kind of secret how it is made void", () => {
    expect(content).toContain("- `KUBE_CONFIG` of `prod`: remove the Secret that its token is bound to");
    expect(content).toContain("- `REGISTRY_TOKEN`: GitHub → the user's Settings");
    expect(content).toContain("- `COSIGN_PRIVATE_KEY`, `COSIGN_PASSWORD`: the key can't be made void, trust in it can");
    expect(content).toContain("- `PREVIEWS_TOKEN`: GitHub →");
  });

  test("seals what the container gets for each cluster, applies it, and starts the pods again", () => {
    expect(content).toContain(
      "| `DATABASE_URL` | URL of the stage's database, with its login | `data` (`@openclaw/data`) |",
    );
    expect(content).toContain("| the namespaces `summit-stage`, `summit-prod` | 90 days |");
    expect(content).toContain(
      "kubeseal --fetch-cert --controller-namespace sealed-secrets --context eu-1 >eu-1.pem\n" +
        "npx gatehouse seal summit stage DATABASE_URL --certificate eu-1.pem\n" +
        "npx gatehouse seal summit prod DATABASE_URL --certificate eu-1.pem\n",
    );
    expect(content).toContain(
      "kubectl apply --context eu-1 --filename services/summit.prod.sealed-secret.json\n" +
        "kubectl argo rollouts restart summit --context eu-1 --namespace summit-prod\n",
    );
    expect(content).toContain("- [ ] `DATABASE_URL` (owner `data`): renewed, or never seen");
    const { secrets: _, ...made } = cluster;
    expect(contentOf(secretLeakRunbook, { ...summit, cluster: made })).not.toMatch(/DATABASE_URL|kubeseal/);
  });

  test("has no key to speak of where images are signed without one", () => {
    const keyless = contentOf(secretLeakRunbook, { ...summit, cluster: { ...cluster, signing: { kind: "keyless" } } });
    expect(keyless).not.toContain("generate-key-pair");
  });

  test("tries the new values by a release", () => {
    expect(content).toContain('--field action=release --field commit="$(git rev-parse origin/main)"');
  });
});

test("text of the declaration stays text in all of them", () => {
  const describe = <T extends { readonly description: string }>(entries: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, { ...entry, description: HOSTILE }]));
  const alerts = Object.fromEntries(
    Object.entries(summit.alerts ?? {}).map(([name, alert]) => [name, { ...alert, summary: HOSTILE }]),
  );
  const hostile: Service = {
    ...summit,
    alerts,
    objectives: describe(summit.objectives ?? {}),
    responsibilities: describe(summit.responsibilities),
    settings: describe(summit.settings),
    cluster: { ...cluster, train: { ...cluster.train, migrationNotes: HOSTILE } as typeof cluster.train },
  };
  for (const runbook of [canaryRunbook, rollbackRunbook, migrationRunbook, incidentClassesRunbook, secretLeakRunbook]) {
    const plain = contentOf(runbook, hostile).replaceAll(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, "");
    expect(plain).not.toMatch(/<script>|(?<!\\)\[l\]\(|@everyone|undefined|\[object /);
  }
});
