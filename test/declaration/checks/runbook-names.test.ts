import { runbookNameProblems } from "../../../declaration/checks/runbook-names";
import type { Problem } from "../../../declaration/problem";
import { alertRunbook, runbookOfAlert, runbookPath } from "../../../declaration/runbook-paths";
import type { Service } from "../../../declaration/service";
import { organization } from "../../../services/organization";
import { relay } from "../../../services/relay";

function refusals(...names: readonly string[]): readonly Omit<Problem, "subject" | "path">[] {
  const problems: Omit<Problem, "subject" | "path">[] = [];
  const alerts = Object.fromEntries(names.map((name) => [name, relay.alerts.ServiceDown]));
  const service: Service = { ...relay, alerts };
  const report = (_path: readonly PropertyKey[], problem: Omit<Problem, "subject" | "path">) => problems.push(problem);
  runbookNameProblems({ organization, service, sealed: {}, stateful: {}, report });
  return problems;
}

describe("the runbook of an alert", () => {
  test.each([
    ["ServiceDown", "service-down"],
    ["HTTPErrors", "http-errors"],
    ["DatabaseConnectionPoolExhausted", "database-connection-pool-exhausted"],
    ["P99High", "p99-high"],
  ])("of %s is %s", (name, base) => expect(alertRunbook(name)).toBe(base));

  test("lies beside the others, and is the one that the alert links to unless it names another", () => {
    expect(runbookPath("service-down")).toBe("docs/runbooks/service-down.md");
    expect(runbookOfAlert("ServiceDown", {})).toBe("service-down");
    expect(runbookOfAlert("ServiceDown", { runbook: "on-call" })).toBe("on-call");
  });

  test("isn't called as one of the library", () => {
    expect(refusals("OnCall")).toEqual([
      {
        came: '"OnCall", whose runbook would be docs/runbooks/on-call.md, as that of the runbook "on-call" of the library',
        expected: "a name from which a file follows that no other runbook has",
        remedy: "rename the alert",
      },
    ]);
    expect(refusals("PostgresBackupAndRestore")[0]?.came).toContain("as that of the runbook of the Postgres database");
  });

  test("isn't called as another alert's", () => {
    expect(refusals("HTTPErrors", "HttpErrors")[0]?.came).toBe(
      '"HttpErrors", whose runbook would be docs/runbooks/http-errors.md, as that of the alert "HTTPErrors"',
    );
    expect(refusals("HTTPErrors", "ServiceDown")).toEqual([]);
  });
});
