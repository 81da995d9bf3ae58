import { messageOf } from "./failure";
import { type Finding, failed, ok } from "./preflight-finding";
import { findTerraform } from "./terraform";

/** Terraform or OpenTofu is here, and new enough. */
export async function terraformFinding(environment: Readonly<Record<string, string | undefined>>): Promise<Finding> {
  try {
    const { product, version } = await findTerraform(environment);
    return ok("Terraform", `${product} ${version}`);
  } catch (error) {
    const [said = "", todo = ""] = messageOf(error).split("\n");
    return failed("Terraform", said, todo);
  }
}
