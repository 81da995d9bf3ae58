import { spawnSync } from "node:child_process";
import { allOfJob } from "../../../workflows/ci/all-of";
import { describeWith } from "../../support/programs";

const job = allOfJob({ kind: "all-of", gate: "unit", timeoutMinutes: 5, needs: ["lint", "unit"] });
const [step] = job.steps;

function run(needs: object): { readonly status: number | null; readonly output: string } {
  const script = step !== undefined && "run" in step ? step.run : "";
  const { status, stdout } = spawnSync("bash", ["-eo", "pipefail", "-c", script], {
    env: { PATH: process.env.PATH, NEEDS: JSON.stringify(needs) },
    encoding: "utf8",
  });
  return { status, output: stdout };
}

describeWith(["bash", "jq"], "a check that stands for others", () => {
  test("runs whatever came of them, and asks for nothing", () => {
    expect(job).toMatchObject({ if: "always()", needs: ["lint", "unit"], permissions: {} });
  });

  test("is green when all of them are", () => {
    const { status, output } = run({ lint: { result: "success" }, unit: { result: "success", outputs: {} } });
    expect(output).toBe("success  lint\nsuccess  unit\n");
    expect(status).toBe(0);
  });

  test.each(["failure", "cancelled", "skipped"])("is red when one of them is %s", (result) => {
    const { status, output } = run({ lint: { result: "success" }, unit: { result } });
    expect(output).toContain(`${result}  unit`);
    expect(output).toContain("::error::not all of these jobs have succeeded");
    expect(status).toBe(1);
  });

  test("is red when there is none", () => {
    expect(run({}).status).toBe(1);
  });
});
