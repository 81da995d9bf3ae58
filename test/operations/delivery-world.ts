import { look } from "../../operations/delivery-look";
import { type Delivery, type DeliveryProps, deliver } from "../../operations/delivery-pull-request";
import { GithubApi } from "../../operations/github-api";
import { PATIENT } from "../../operations/github-limits";
import { githubOfPeople } from "../../operations/github-login";
import { manifest } from "../../workflows/manifest";
import type { RenderedFile } from "../../workflows/rendered-file";
import { GithubStandIn } from "../support/github/github-stand-in";
import type { StandInRepository } from "../support/github/stand-in-repository";
import { SleepingClock } from "./gate-run";

export const NAME = "example/pos";
export const BRANCH = "chore/gatehouse-files";

/** Files as a service would get them, with their manifest. */
export function renderedFiles(contents: Readonly<Record<string, string>>): readonly RenderedFile[] {
  const files = Object.entries(contents).map(([path, content]) => ({
    path,
    content,
    executable: path.endsWith(".sh"),
  }));
  return [...files, manifest("pos", files)];
}

export const FIRST = renderedFiles({ ".github/ci.yml": "on: push\n", "docs/a.md": "# A\n", "run.sh": "#!/bin/sh\n" });

/** Contents of rendered files by path. */
export function contentsOf(files: readonly RenderedFile[]): Readonly<Record<string, string>> {
  return Object.fromEntries(files.map(({ path, content }) => [path, content]));
}

/** A GitHub with one repository, and deliveries to it. */
export class DeliveryWorld {
  readonly clock = new SleepingClock();
  readonly told: string[] = [];

  private constructor(
    readonly github: GithubStandIn,
    public repository: StandInRepository,
  ) {}

  static async start(): Promise<DeliveryWorld> {
    const github = await GithubStandIn.start();
    return new DeliveryWorld(github, github.repository(NAME, { "README.md": "# POS\n" }));
  }

  /**
   * Another repository in place of the old.
   *
   * @param repository what it is to be like @default - a README on main
   */
  renew(repository?: StandInRepository): void {
    this.repository = repository?.copy() ?? this.github.repository(NAME, { "README.md": "# POS\n" });
    this.github.repositories.set(NAME, this.repository);
    this.github.calls.length = 0;
    this.github.faults.clear();
    this.github.problems.length = 0;
    this.told.length = 0;
  }

  get api(): GithubApi {
    const props = { clock: this.clock, patience: PATIENT, progress: (line: string) => this.told.push(line) };
    const client = githubOfPeople(this.github.environment, props);
    if (client === undefined) throw new Error("no token");
    return new GithubApi(client, NAME);
  }

  async deliver(rendered: readonly RenderedFile[], props: Partial<DeliveryProps> = {}): Promise<Delivery> {
    const seen = await look(this.api, rendered);
    return deliver(seen, { service: "pos", reopen: false, environment: {}, ...props });
  }

  /** Delivers and merges, so that main has these files. */
  async delivered(rendered: readonly RenderedFile[]): Promise<void> {
    const { pullRequest } = await this.deliver(rendered);
    if (pullRequest === undefined) throw new Error("nothing was delivered");
    this.repository.merge(pullRequest.number);
    this.github.calls.length = 0;
  }

  /** The files of a branch by path, without those that were there before anything was delivered. */
  files(branch: string): Readonly<Record<string, string>> {
    const { "README.md": _, ...files } = this.repository.files(branch);
    return files;
  }

  get open(): readonly number[] {
    return this.repository.pulls.filter(({ state }) => state === "open").map(({ number }) => number);
  }

  /** The one parent of the branch's one commit. */
  get parents(): readonly string[] {
    return this.repository.store.commit(this.repository.branches.get(BRANCH) ?? "")?.parents ?? [];
  }
}
