import { IssueLabel } from "@cdktf/provider-github/lib/issue-label";
import { Construct } from "constructs";

export interface IssueLabelsProps {
  /** Name of the repository, without its owner. */
  readonly repository: string;
  /** By name. `color` is six hexadecimal digits without `#`. */
  readonly labels: Readonly<Record<string, { readonly color: string; readonly description: string }>>;
}

/**
 * Labels that the repository has, among others: those that people made themselves stay.
 * (`github_issue_labels`, the plural, would delete them.) A label of the same name is taken over, not refused.
 * Renaming one here deletes the old label, from all issues that carry it.
 */
export class IssueLabels extends Construct {
  constructor(scope: Construct, id: string, props: IssueLabelsProps) {
    super(scope, id);
    for (const [name, { color, description }] of Object.entries(props.labels)) {
      // GitHub answers in lower case, and the provider compares letter by letter.
      new IssueLabel(this, name, { repository: props.repository, name, color: color.toLowerCase(), description });
    }
  }
}
