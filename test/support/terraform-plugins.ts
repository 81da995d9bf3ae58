import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onPath } from "./on-path";

/**
 * A Terraform CLI configuration (for `TF_CLI_CONFIG_FILE`) under which real plugins of hashicorp/kubernetes and hashicorp/helm are installed from a
 * directory; undefined where there is none. The directory is that of `GATEHOUSE_TERRAFORM_MIRROR`, else `terraform-mirror` beside the `bin/` of
 * kube-apiserver; `terraform providers mirror DIR` makes one.
 */
export function realPluginsConfig(): string | undefined {
  const mirror = mirrorDirectory();
  if (mirror === undefined) return undefined;
  const directory = mkdtempSync(join(tmpdir(), "gatehouse-plugins-"));
  process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, "terraform.rc");
  writeFileSync(file, `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`);
  return file;
}

function mirrorDirectory(): string | undefined {
  const server = onPath("kube-apiserver");
  const candidates = [
    process.env.GATEHOUSE_TERRAFORM_MIRROR,
    server === undefined ? undefined : join(dirname(server), "..", "terraform-mirror"),
  ];
  return candidates.find((path) => path !== undefined && hasPlugins(path));
}

function hasPlugins(mirror: string): boolean {
  return ["kubernetes", "helm"].every((name) => {
    const versions = join(mirror, "registry.terraform.io", "hashicorp", name);
    return existsSync(versions) && readdirSync(versions).length > 0;
  });
}
