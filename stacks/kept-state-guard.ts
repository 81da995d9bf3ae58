import { type TerraformStack, TerraformVariable } from "cdktf";

/** Name of the variable; `TF_VAR_local_state_is_kept=true` says that the runner's disk outlives the run. */
export const KEPT_STATE_VARIABLE = "local_state_is_kept";

/**
 * Makes every plan and deploy of a stack fail while its state would lie on the disk of a CI runner and be lost with it. Synth itself works.
 * It is the stack that refuses, so that every way to run it does: `cdktf`, `gatehouse` and Terraform itself.
 */
export function refuseLostState(stack: TerraformStack): void {
  const variable = new TerraformVariable(stack, KEPT_STATE_VARIABLE, {
    type: "bool",
    default: false,
    description: "The local state outlives this run",
  });
  variable.overrideLogicalId(KEPT_STATE_VARIABLE);
  variable.addValidation({
    condition: `\${var.${KEPT_STATE_VARIABLE}}`,
    errorMessage: [
      "This run is in CI (CI is set) and the state is local: it would be lost with the runner, and the next run would create everything again.",
      "Set state in services/organization.ts to s3, pg or cloud.",
      `If the directory .gatehouse/state does outlive the run, say so: TF_VAR_${KEPT_STATE_VARIABLE}=true.`,
    ].join(" "),
  });
}
