import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { errorsOf, findTerraform, runTerraform } from "../../operations/terraform";

describe("finding Terraform", () => {
  let bin: string;
  beforeEach(() => {
    bin = mkdtempSync(join(tmpdir(), "gatehouse-bin-"));
  });
  afterEach(() => rmSync(bin, { recursive: true, force: true }));

  function install(name: string, script: string): void {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const answering = (product: string, version: string) =>
    `if [ "$2" = "-json" ]; then echo '{"terraform_version":"${version}"}'; else echo "${product} v${version}"; fi`;
  const environment = () => ({ PATH: `${bin}:/usr/bin:/bin` });

  it("takes the terraform on PATH when it is new enough", async () => {
    install("terraform", answering("Terraform", "1.11.0"));
    await expect(findTerraform(environment())).resolves.toEqual({
      command: "terraform",
      product: "Terraform",
      version: "1.11.0",
    });
  });

  it("compares versions by number, not by text", async () => {
    install("terraform", answering("Terraform", "1.9.8"));
    await expect(findTerraform(environment())).rejects.toThrow(
      '"terraform" is Terraform 1.9.8; expected 1.11 or newer\nInstall Terraform 1.11 or newer (https://developer.hashicorp.com/terraform/install)',
    );
  });

  it("takes OpenTofu when there is no Terraform, or one that is too old", async () => {
    install("terraform", answering("Terraform", "1.5.7"));
    install("tofu", answering("OpenTofu", "1.10.2"));
    await expect(findTerraform(environment())).resolves.toMatchObject({ command: "tofu", product: "OpenTofu" });
  });

  it("takes the binary that TERRAFORM_BINARY_NAME names, as cdktf does, and no other", async () => {
    install("terraform", answering("Terraform", "1.11.4"));
    install("tf-next", answering("Terraform", "1.14.0"));
    await expect(findTerraform({ ...environment(), TERRAFORM_BINARY_NAME: "tf-next" })).resolves.toMatchObject({
      version: "1.14.0",
    });
    await expect(findTerraform({ ...environment(), TERRAFORM_BINARY_NAME: "absent" })).rejects.toThrow(
      'no "absent" on PATH',
    );
  });

  it("says how to get one when there is none", async () => {
    await expect(findTerraform({ PATH: bin })).rejects.toThrow(
      'no "terraform" and no "tofu" on PATH that answers "version -json"\nInstall Terraform 1.11 or newer',
    );
  });

  it("does not take a program that answers something else", async () => {
    install("terraform", "echo hello");
    await expect(findTerraform(environment())).rejects.toThrow('no "terraform" and no "tofu" on PATH');
  });

  it("passes an interruption on once, and waits for Terraform to end by itself", async () => {
    install("terraform", 'trap "echo saved; exit 1" INT; echo started; while :; do sleep 0.02; done');
    const controller = new AbortController();
    const running = runTerraform({ command: "terraform", product: "Terraform", version: "1.11.4" }, ["apply"], {
      cwd: bin,
      environment: environment(),
      signal: controller.signal,
    });
    setTimeout(() => controller.abort(), 300);
    await expect(running).resolves.toMatchObject({ exitCode: 1, stdout: "started\nsaved\n" });
  });

  it("starts nothing once interrupted", () => {
    expect(() =>
      runTerraform({ command: "terraform", product: "Terraform", version: "1.11.4" }, ["apply"], {
        cwd: bin,
        environment: environment(),
        signal: AbortSignal.abort(),
      }),
    ).toThrow("aborted");
  });
});

describe("the errors of a Terraform run", () => {
  it("are shown without frames, and without the warnings before them", () => {
    const stderr = "╷\n│ Warning: old\n╵\n╷\n│ Error: Instance cannot be destroyed\n│ \n│   on cdk.tf.json line 3\n╵\n";
    expect(errorsOf({ exitCode: 1, stdout: "", stderr })).toBe(
      "Error: Instance cannot be destroyed\n\n  on cdk.tf.json line 3",
    );
  });

  it("are all there is, when Terraform printed no error", () => {
    expect(errorsOf({ exitCode: 1, stdout: "half a line", stderr: "" })).toBe("half a line");
  });
});
