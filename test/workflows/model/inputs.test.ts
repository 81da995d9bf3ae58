import { inputFindings } from "../../../workflows/model/inputs";
import { handWritten, printed } from "./hand-written";

function reading(expression: string, on: string) {
  return inputFindings(
    handWritten(
      `\n  a:\n    runs-on: x\n    timeout-minutes: 5\n    steps:\n      - name: Read\n        env:\n          A: \${{ ${expression} }}\n        run: "true"`,
      on,
    ),
  );
}

const TWO = "{workflow_dispatch: {inputs: {mode: {type: string}, Reason: {type: string}}}}";

describe("the inputs of a workflow", () => {
  test.each([
    "inputs.mode || inputs.reason",
    "github.event.inputs.mode || inputs['Reason']",
    "toJSON(inputs)",
    "inputs[github.actor]",
  ])("are all read by %s", (expression) => {
    expect(reading(expression, TWO)).toEqual([]);
  });

  test("that nobody reads are refused, wherever they are asked for", () => {
    expect(printed(reading("inputs.mode", TWO))).toEqual([
      `sample.yml: on.workflow_dispatch.inputs.Reason
  came:     what no job or step reads: whoever gives it believes that it has an effect
  expected: only what the workflow reads
  to do:    remove it, or read it where it was meant to count`,
    ]);
    const called =
      "{workflow_call: {inputs: {a: {type: string}}, secrets: {TOKEN: {required: true}, KEY: {required: true}}}}";
    expect(reading("secrets.KEY", called).map(({ path }) => path)).toEqual([
      "on.workflow_call.inputs.a",
      "on.workflow_call.secrets.TOKEN",
    ]);
  });

  test("that are read and not asked for are refused", () => {
    expect(reading("inputs.mdoe || inputs.mode || inputs.reason", TWO)).toMatchObject([
      {
        path: 'jobs.a."Read".env.A',
        came: 'the input "mdoe" in inputs.mdoe || inputs.mode || inputs.reason, which the workflow doesn\'t ask for: it would be empty',
        expected: 'one of the inputs: "mode", "reason"',
        remedy: 'declare it, or read one that is; did you mean "mode"?',
      },
    ]);
    expect(reading("inputs.mode", "push")).toHaveLength(1);
  });
});
