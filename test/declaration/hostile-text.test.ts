import { hostileText } from "../../declaration/hostile-text";
import { minimalRefusals, posRefusals } from "./fixture";

const BRACES = {
  expected: "text without ${ or %{",
  remedy: "Terraform would evaluate it: write the value itself, or the text without the brace",
};

describe("text that is code to somebody who reads it later is refused", () => {
  test.each([
    ["Terraform's interpolation", '${jsondecode(file("/etc/passwd"))}', BRACES],
    ["Terraform's directives", "%{ if true }x%{ endif }", BRACES],
    ["an interpolation that Terraform would escape", "$${var.x}", BRACES],
    [
      "cdktf's tokens",
      "${TfToken[TOKEN.0]}",
      { expected: "text without cdktf's tokens (TfToken[…])", remedy: "write the value itself" },
    ],
    [
      "GitHub's expressions",
      "${{ secrets.CLOUDFLARE_API_TOKEN }}",
      {
        expected: "text without GitHub's expressions (${{ … }})",
        remedy: "refer to a key of the settings matrix instead: { setting: KEY }",
      },
    ],
  ])("%s", (_what, text, { expected, remedy }) => {
    expect(posRefusals({ description: text })).toEqual([
      { path: "description", came: JSON.stringify(text), expected, remedy },
    ]);
  });

  test("in a key too, and once", () => {
    expect(posRefusals({ "labels.${var": { color: "b60205", description: "x" } })).toEqual([
      { path: 'labels["${var"]', came: '"${var"', ...BRACES },
    ]);
  });

  test("in a place where other text would be refused anyway, and once", () => {
    expect(posRefusals({ "onCall.channel": "#${var.x}" })).toEqual([
      { path: "onCall.channel", came: '"#${var.x}"', ...BRACES },
    ]);
  });

  test("a script may have the shell's braces, and nobody else's tokens", () => {
    expect(minimalRefusals({ "ci.jobs.test.steps.0.run": "echo ${HOME} %{x}" })).toEqual([]);
    expect(minimalRefusals({ "ci.jobs.test.steps.0.run": "echo ${TfToken[TOKEN.0]}" })).toMatchObject([
      { path: "ci.jobs.test.steps[0].run", expected: "text without cdktf's tokens (TfToken[…])" },
    ]);
  });

  test("so may the command of a job", () => {
    const job = { kind: "test", gate: "unit", timeoutMinutes: 5, report: "junit.xml", keepDays: 30 };
    const organization = { library: { repository: "example/library", commit: "0".repeat(40), version: "v1.0.0" } };
    const refusals = (command: string) => minimalRefusals({ "ci.jobs.test": { ...job, command } }, { organization });
    expect(refusals("npm test -- --shard=${SHARD}/${SHARDS}")).toEqual([]);
    expect(refusals("echo ${TfToken[TOKEN.0]}")).toMatchObject([
      { expected: "text without cdktf's tokens (TfToken[…])" },
    ]);
    expect(refusals("echo ${{ github.head_ref }}")).toMatchObject([{ path: "ci.jobs.test.command" }]);
  });

  test("a dollar, a percent or a brace alone is text", () => {
    expect(hostileText("x", ["$5", "100 %", "{a}", "$ {a}", "% {a}", "$"], () => false)).toEqual([]);
  });
});
