import { formatProblem } from "../../../declaration/problem";
import type { Finding } from "../../../workflows/model/finding";
import type { JudgedWorkflow } from "../../../workflows/model/judged-workflow";
import { type ReadingProps, readWorkflow } from "../../support/read-workflow";

/** A job that does nothing, as the lines after its id. */
export const NOTHING = `
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions: {}
    steps:
      - name: Nothing
        run: "true"`;

/** A workflow with these jobs, started by pull requests unless something else is said. */
export function handWritten(jobs: string, on = "pull_request", props: ReadingProps = {}): JudgedWorkflow {
  return readWorkflow("sample.yml", `name: Sample\non: ${on}\njobs:${jobs}\n`, props);
}

/** A workflow that only jobs of others start. */
export function calledByHand(jobs: string, asks: string): string {
  return `name: Called\non:\n  workflow_call:${asks}\njobs:${jobs}\n`;
}

/** As `gatehouse check` prints them. */
export function printed(findings: readonly Finding[]): readonly string[] {
  return findings.map((finding) => formatProblem({ ...finding, subject: "sample.yml" }));
}
