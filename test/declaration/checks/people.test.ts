import { minimalRefusals, posRefusals } from "../fixture";

describe("labels, on-call and runbooks refer to what is declared", () => {
  test("a label for flaky checks that doesn't exist is refused", () => {
    expect(posRefusals({ "flakes.label": "ci-flakes" })).toEqual([
      {
        path: "flakes.label",
        came: '"ci-flakes"',
        expected: 'one of the labels: "ci-flake", "incident", "restore-drill"',
        remedy: 'declare the label; did you mean "ci-flake"?',
      },
    ]);
  });

  test("labels that differ in case only are refused", () => {
    expect(posRefusals({ "labels.Incident": { color: "b60205", description: "The same" } })).toEqual([
      {
        path: "labels.Incident",
        came: '"Incident"',
        expected: 'another name than "incident": GitHub\'s labels know no case',
        remedy: "remove one",
      },
    ]);
  });

  test("an escalation to nobody is refused", () => {
    expect(posRefusals({ "onCall.escalateTo": "platfrom" })).toEqual([
      {
        path: "onCall.escalateTo",
        came: '"platfrom"',
        expected: 'one of the roles in owners: "maintainers", "platform", "security"',
        remedy: 'name who is called when nobody answers; did you mean "platform"?',
      },
    ]);
  });

  test("a runbook named twice is refused", () => {
    expect(posRefusals({ "runbooks.1": "on-call" })).toEqual([
      {
        path: "runbooks[1]",
        came: '"on-call" a second time',
        expected: "each once",
        remedy: "remove one",
      },
    ]);
  });

  test("a runbook that the library doesn't have is refused", () => {
    expect(posRefusals({ "runbooks.0": "oncall" })).toEqual([
      {
        path: "runbooks[0]",
        came: '"oncall"',
        expected:
          'a runbook of the library: "on-call", "incident-template", "d1-backup-and-restore", "secret-leak", "error-budget", "canary", "rollback", "migration", "incident-classes"',
        remedy:
          'write one of "on-call", "incident-template", "d1-backup-and-restore", "secret-leak", "error-budget", "canary", "rollback", "migration", "incident-classes"',
      },
    ]);
  });

  test("a runbook on backups needs a backup", () => {
    expect(minimalRefusals({ "runbooks.1": "d1-backup-and-restore" })).toEqual([
      {
        path: "runbooks[1]",
        came: '"d1-backup-and-restore" without a backup',
        expected: "a database with a backup",
        remedy: "declare edge.d1.<key>.backup, or drop the runbook",
      },
    ]);
  });

  test("a backup needs its runbook", () => {
    expect(posRefusals({ runbooks: ["on-call", "error-budget"] })).toEqual([
      {
        path: "runbooks",
        came: '["on-call","error-budget"]',
        expected: '"d1-backup-and-restore" among them: there is a backup to restore',
        remedy: "add it",
      },
    ]);
  });

  test("no runbook at all is refused", () => {
    expect(minimalRefusals({ runbooks: [] })).toEqual([
      {
        path: "runbooks",
        came: "[]",
        expected: "at least one runbook",
        remedy: 'write ["on-call"]',
      },
    ]);
  });

  test("a checklist without items is refused", () => {
    expect(posRefusals({ pullRequestChecklist: [] })).toEqual([
      {
        path: "pullRequestChecklist",
        came: "[]",
        expected: "at least one item",
        remedy: "write what a reviewer looks for",
      },
    ]);
  });

  test("a color with # is refused", () => {
    expect(posRefusals({ "labels.incident.color": "#b60205" })).toEqual([
      {
        path: "labels.incident.color",
        came: '"#b60205"',
        expected: "six hexadecimal digits, lower-case, without #",
        remedy: 'write e.g. "d73a4a"',
      },
    ]);
  });
});
