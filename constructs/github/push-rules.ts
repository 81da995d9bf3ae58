import { RepositoryRuleset } from "@cdktf/provider-github/lib/repository-ruleset";
import { Construct } from "constructs";

export interface PushRulesProps {
  /** Name of the repository, without its owner. */
  readonly repository: string;
  /** Larger files are refused. Megabytes, 1 to 100. @default - any size GitHub takes */
  readonly maxFileMegabytes?: number | undefined;
  /** Extensions that are refused, such as `*.jar`. @default - none */
  readonly refusedExtensions?: readonly string[] | undefined;
}

/** What may not be pushed to any branch: a push ruleset, for private and internal repositories of paid plans. */
export class PushRules extends Construct {
  /** @throws if nothing is refused: the provider would make a ruleset without rules. */
  constructor(scope: Construct, id: string, props: PushRulesProps) {
    super(scope, id);
    if (props.maxFileMegabytes === undefined && (props.refusedExtensions ?? []).length === 0) {
      throw new Error(
        `push rules of repository "${props.repository}" refuse nothing; give maxFileMegabytes or refusedExtensions, or leave the push rules out`,
      );
    }
    new RepositoryRuleset(this, "Default", {
      repository: props.repository,
      name: "push-rules",
      target: "push",
      enforcement: "active",
      rules: {
        ...(props.maxFileMegabytes !== undefined && { maxFileSize: { maxFileSize: props.maxFileMegabytes } }),
        ...(props.refusedExtensions?.length && {
          fileExtensionRestriction: { restrictedFileExtensions: [...props.refusedExtensions].sort() },
        }),
      },
    });
  }
}
