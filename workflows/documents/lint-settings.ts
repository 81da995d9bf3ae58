import { generatedBy } from "../generated-by";
import type { RenderedFile } from "../rendered-file";

/** Settings of the linters that the `docs-and-yaml-lint` job runs: defaults, but for what would refuse good files. */
export function lintSettings(service: string): readonly RenderedFile[] {
  return [yamllint(service), markdownlint(service)];
}

function yamllint(service: string): RenderedFile {
  const lines = [
    ...generatedBy(service).map((line) => `# ${line}`),
    "extends: default",
    "ignore:",
    "  - node_modules/",
    "  - pnpm-lock.yaml",
    "rules:",
    "  # A line is as long as what it says: URLs, commit SHAs and conditions can't be broken.",
    "  line-length: disable",
    "  document-start: disable",
    "  comments:",
    "    min-spaces-from-content: 1",
    "  # The key `on` of a workflow is not the boolean that YAML 1.1 takes it for.",
    "  truthy:",
    "    check-keys: false",
  ];
  return { path: ".yamllint.yaml", content: `${lines.join("\n")}\n`, executable: false };
}

function markdownlint(service: string): RenderedFile {
  const settings = {
    config: {
      default: true,
      // Long lines are the editor's business.
      MD013: false,
      // Two sections of a runbook may have steps of one name.
      MD024: { siblings_only: true },
      // A pull-request template begins with a section, not with a title.
      MD041: false,
    },
    ignores: ["node_modules"],
    gitignore: true,
  };
  const header = generatedBy(service).map((line) => `// ${line}`);
  return {
    path: ".markdownlint-cli2.jsonc",
    content: `${[...header, JSON.stringify(settings, undefined, 2)].join("\n")}\n`,
    executable: false,
  };
}
