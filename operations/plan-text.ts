import { stripVTControlCharacters } from "node:util";
import { printable } from "./console";

/** What `cdktf plan` prints between two states of its progress line. */
const SPINNER = /^[\u2800-\u28ff] {1,2}\S.*$/gmu;
/** What Terraform says first of a plan; everything above is the initialization of the directory. */
const PLAN_BEGINS = /^(?:Terraform|OpenTofu) used the selected providers|^No changes\./m;

/** The rule above "Saved the plan to": a file that nobody will apply. */
const PLAN_ENDS = /^─{20,}$/m;

/** What Terraform said in the output of `cdktf plan <stack>`: without cdktf's margin, colours and progress, and, when it planned, without its initialization. */
export function planText(output: string, stack: string): string {
  const margin = new RegExp(`^(?:${stack}|${" ".repeat(stack.length)}) {0,2}`, "gm");
  const said = printable(stripVTControlCharacters(output).replace(/\r\n?/g, "\n").replaceAll("\t", "    "))
    .replace(SPINNER, "")
    .replace(margin, "")
    .replace(/[ \t]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n");
  const plan = said.slice(Math.max(0, said.search(PLAN_BEGINS)));
  return (plan.split(PLAN_ENDS)[0] ?? plan).trim();
}

/** The line that says how much a plan would change. */
export function planSummary(text: string): string | undefined {
  const [said] =
    /^(?:Plan: )?(?:(?:\d+ to import, )?\d+ to add, \d+ to change, \d+ to destroy|No changes)(?=\.)/m.exec(text) ?? [];
  return said?.replace("Plan: ", "");
}
