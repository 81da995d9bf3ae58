import type { RenderedFile } from "../workflows/rendered-file";
import { type Comparison, compare } from "./delivery-comparison";
import { DeliveryRepository, type Entries, type Tip } from "./delivery-repository";
import { Failure } from "./failure";
import type { GithubApi } from "./github-api";

/** What a service's files and its repository's are to each other. */
export interface Look {
  readonly rendered: readonly RenderedFile[];
  readonly repository: DeliveryRepository;
  readonly tip: Tip;
  /** Of the tip. */
  readonly entries: Entries;
  readonly comparison: Comparison;
}

/**
 * Compares rendered files with the default branch of their repository.
 *
 * @throws Failure when the repository can't be seen, or holds something that nothing can be delivered over
 */
export async function look(api: GithubApi, rendered: readonly RenderedFile[]): Promise<Look> {
  const repository = new DeliveryRepository(api, rendered);
  const tip = await repository.tip();
  const { entries, delivered } = await repository.contents(tip.tree);
  const comparison = compare(rendered, entries, delivered);
  if (comparison.problems.length > 0) throw new Failure(comparison.problems.join("\n"));
  return { rendered, repository, tip, entries, comparison };
}
