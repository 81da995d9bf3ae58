import { callFindings } from "../../../workflows/model/calls";
import { readCalled } from "../../support/read-workflow";
import { calledByHand, handWritten, NOTHING, printed } from "./hand-written";

const called = readCalled(
  "called.yml",
  calledByHand(
    `\n  it:${NOTHING}`,
    `
    inputs:
      command: { type: string }
      minutes: { type: number }
      loud: { type: boolean, default: false }
    secrets:
      TOKEN: { required: true }
      EXTRA: { required: false }`,
  ),
);

function calling(passed: string) {
  return callFindings(handWritten(`\n  a:\n    uses: called${passed}`, "push", { called: { called } }));
}

describe("a job that calls a workflow", () => {
  test("passes what it asks for", () => {
    expect(
      calling(
        "\n    with: { command: make, minutes: 5 }\n    secrets: { TOKEN: '${{ secrets.A }}', EXTRA: '${{ secrets.B }}' }",
      ),
    ).toEqual([]);
    expect(
      calling(
        "\n    with: { command: 'x ${{ github.sha }}', minutes: '${{ vars.M }}', loud: true }\n    secrets: inherit",
      ),
    ).toEqual([]);
  });

  test("can't leave out a required input or secret", () => {
    expect(printed(calling("\n    with: { minutes: 5 }"))).toEqual([
      `sample.yml: jobs.a.with.command
  came:     nothing for the input "command", which called.yml requires
  expected: a string
  to do:    pass it, or give the input a default in called.yml
  source:   https://docs.github.com/en/actions/how-tos/reuse-automations/reuse-workflows`,
      `sample.yml: jobs.a.secrets.TOKEN
  came:     nothing for the secret "TOKEN", which called.yml requires
  expected: a secret
  to do:    pass it, or let called.yml do without
  source:   https://docs.github.com/en/actions/how-tos/reuse-automations/reuse-workflows`,
    ]);
  });

  test("can't pass what nobody asks for", () => {
    expect(
      calling(
        "\n    with: { command: make, minutes: 5, comand: x }\n    secrets: { TOKEN: '${{ secrets.A }}', TOKN: '${{ secrets.A }}' }",
      ),
    ).toMatchObject([
      {
        path: "jobs.a.with.comand",
        came: 'the input "comand", for which called.yml doesn\'t ask',
        expected: 'one of the inputs of called.yml: "command", "minutes", "loud"',
        remedy: 'pass only what it asks for; did you mean "command"?',
      },
      { path: "jobs.a.secrets.TOKN", came: 'the secret "TOKN", for which called.yml doesn\'t ask' },
    ]);
  });

  test("can't pass a value of another type", () => {
    expect(
      calling("\n    with: { command: 3, minutes: '5', loud: 'no ${{ github.sha }}' }\n    secrets: inherit"),
    ).toMatchObject([
      {
        path: "jobs.a.with.command",
        came: '3 for the input "command" of called.yml',
        expected: "a string",
        remedy: "pass a value of that type",
      },
      { path: "jobs.a.with.minutes", expected: "a number" },
      { path: "jobs.a.with.loud", expected: "a boolean" },
    ]);
  });
});
