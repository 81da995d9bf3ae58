import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Organization } from "../declaration/organization";
import { KEPT_STATE_VARIABLE } from "../stacks/kept-state-guard";
import { PreviewStack } from "../stacks/preview-stack";
import { runPropsOf } from "../stacks/run-props";
import { Failure } from "./failure";
import type { ResourceChange } from "./plan-changes";
import { annotated } from "./preview-record";
import type { PreviewTarget } from "./preview-target";
import { applyPlan, destroyStack, initStack, planStack, type StackRunner } from "./stack-run";
import { type SynthesizedStack, synthesizedApp } from "./synthesize";
import { findTerraform, type Terraform } from "./terraform";

/** What a preview is to be. Times: Unix, milliseconds. */
export interface PreviewContent {
  readonly digest: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** Makes and removes what Terraform keeps of previews. */
export interface PreviewStacks {
  /**
   * @param mayCreate false when the namespace is there: a plan that would create it has lost its state
   * @returns what was changed
   * @throws StackError, Failure
   */
  deploy(target: PreviewTarget, content: PreviewContent, mayCreate: boolean): Promise<readonly ResourceChange[]>;
  /** What the state holds is gone afterwards; an empty or lost state is fine. @throws StackError */
  destroy(target: PreviewTarget): Promise<void>;
}

export interface TerraformPreviewsProps {
  readonly organization: Organization;
  /** The project's directory. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

const NAMESPACE_TYPE = "kubernetes_namespace_v1";

/** One stack a preview, synthesized alone when it is made or removed: a fleet's synth knows no pull requests. */
export class TerraformPreviews implements PreviewStacks {
  private terraform: Promise<Terraform> | undefined;

  constructor(private readonly props: TerraformPreviewsProps) {}

  deploy(target: PreviewTarget, content: PreviewContent, mayCreate: boolean): Promise<readonly ResourceChange[]> {
    return this.with(target, content, async (runner, stack) => {
      const { changes } = await planStack(runner, stack);
      const creates = changes.some(({ type, actions }) => type === NAMESPACE_TYPE && actions.includes("create"));
      if (creates && !mayCreate)
        throw new Failure(
          `the namespace ${target.namespace} is there, and the state of the stack "${target.stack}" doesn't know it: the state was lost\nremove the preview, which needs no state, and make it again: npx gatehouse preview down --service ${target.service.name} --pr ${target.pullRequest}`,
        );
      if (changes.length > 0) await applyPlan(runner, stack);
      return changes;
    });
  }

  async destroy(target: PreviewTarget): Promise<void> {
    if (this.hasNoState()) return;
    // What it was made with is in the state; of the configuration only the providers count.
    const digest = target.service.cluster?.image.digest ?? "";
    await this.with(target, { digest, createdAt: 0, expiresAt: 0 }, destroyStack);
  }

  /** A machine that is thrown away has no local state: what made the preview ran elsewhere. Its stack would refuse to be destroyed. */
  private hasNoState(): boolean {
    const { organization, environment } = this.props;
    const { ephemeral, localStateDirectory } = runPropsOf(environment);
    const local = organization.state.kind === "local" || localStateDirectory !== undefined;
    return ephemeral === true && local && environment[`TF_VAR_${KEPT_STATE_VARIABLE}`] !== "true";
  }

  /** Works on the stack in a directory of its own, so that two runs at once meet at the state's lock and nowhere else. */
  private async with<T>(
    target: PreviewTarget,
    content: PreviewContent,
    work: (runner: StackRunner, stack: SynthesizedStack) => Promise<T>,
  ): Promise<T> {
    const { root, environment, signal } = this.props;
    this.terraform ??= findTerraform(environment);
    const runner = { terraform: await this.terraform, environment, signal };
    const previews = resolve(root, ".gatehouse", "previews");
    await mkdir(previews, { recursive: true });
    const outdir = await mkdtemp(join(previews, `${target.stack}-`));
    try {
      const stack = await this.synthesized(target, content, outdir);
      await initStack(runner, stack);
      return await work(runner, stack);
    } finally {
      await rm(outdir, { recursive: true, force: true });
    }
  }

  private async synthesized(target: PreviewTarget, content: PreviewContent, outdir: string): Promise<SynthesizedStack> {
    const { organization, root, environment } = this.props;
    const run = runPropsOf(environment);
    // The project's own directory of states; by itself a stack would look for it beside its output.
    const local = organization.state.kind === "local" ? resolve(root, ".gatehouse", "state") : undefined;
    const props = {
      service: target.service,
      organization,
      pullRequest: target.pullRequest,
      digest: content.digest,
      createdAt: annotated(content.createdAt),
      expiresAt: annotated(content.expiresAt),
    };
    const localStateDirectory = run.localStateDirectory ?? local;
    const [stack] = await synthesizedApp(
      outdir,
      (app, chart) => new PreviewStack(app, props, { ...run, localStateDirectory, chart }),
    );
    if (stack === undefined) throw new Error(`the synth of ${target.stack} wrote no stack`);
    return {
      name: target.stack,
      directory: join(outdir, stack.workingDirectory),
      dependsOn: [],
      service: target.service.name,
      stage: undefined,
    };
  }
}
