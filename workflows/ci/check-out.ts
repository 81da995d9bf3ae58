import { ACTIONS } from "../actions";
import type { Variables, WorkflowStep } from "../workflow";

/** The repository at the commit of the run; the token is not left in the working copy, where later steps could take it. */
export function checkOut(inputs: Variables = {}): WorkflowStep {
  return { name: "Check out", uses: ACTIONS.checkout, with: { ...inputs, "persist-credentials": false } };
}
