import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { allDeclaredPreviews, type PreviewTarget, previewTarget } from "../../operations/preview-target";
import { TerraformPreviews } from "../../operations/preview-terraform";
import { describeWithTerraform } from "../support/programs";
import { summitFleet } from "./preview-world";

const fleet = summitFleet();
const target = allDeclaredPreviews(fleet).map((one) => previewTarget(fleet, one, 42))[0] as PreviewTarget;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "gatehouse-preview-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const previews = (environment: Record<string, string | undefined>) =>
  new TerraformPreviews({ organization: fleet.organization, root, environment });

describe("Terraform of previews", () => {
  test("is not run where there can be no state: on a machine that is thrown away, with local state", async () => {
    await expect(previews({ CI: "true", PATH: "" }).destroy(target)).resolves.toBeUndefined();
    expect(readdirSync(root)).toEqual([]);
  });

  test("is needed everywhere else, and says how to get it", async () => {
    for (const environment of [{ PATH: "" }, { PATH: "", CI: "true", TF_VAR_local_state_is_kept: "true" }])
      await expect(previews(environment).destroy(target)).rejects.toThrow('no "terraform" and no "tofu" on PATH');
  });
});

describeWithTerraform("Terraform of previews that fails", () => {
  test("leaves no directory behind, and says which stack it was", async () => {
    // A directory without plugins: nothing is looked for elsewhere.
    const environment = { ...process.env, CI: "", TF_CLI_CONFIG_FILE: "", TF_CLI_ARGS_init: `-plugin-dir=${root}` };
    await expect(previews(environment).destroy(target)).rejects.toThrow(
      /(Terraform|OpenTofu) init of the stack "summit-preview-42" failed/,
    );
    expect(readdirSync(join(root, ".gatehouse", "previews")).length).toBe(0);
  });
});
