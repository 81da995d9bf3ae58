import type { Organization } from "../../../declaration/organization";
import type { Service } from "../../../declaration/service";

/** What runbooks are written from. */
export interface RunbookSource {
  readonly service: Service;
  readonly organization: Organization;
}

/** A block of Markdown: a paragraph, or the lines of a list, a table or commands. */
export type Block = string | readonly string[];

/** The repository as GitHub's command line names it. */
export function repositoryOf({ service, organization }: RunbookSource): string {
  return `${organization.github.login}/${service.name}`;
}
