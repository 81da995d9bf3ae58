import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Service } from "../../../declaration/service";
import { organization } from "../../../services/organization";
import { summit } from "../../../services/summit";
import { trainFiles } from "../../../workflows/cluster/train-files";
import { LocalRegistry } from "./local-registry";
import { type Environment, type Outcome, TrainBench } from "./train-bench";

const PASSWORD = "the-password-of-the-key";
const TOKEN = "the-token-of-the-registry";

/** What programs of the train may never print, or be called with. */
export const SECRETS: readonly string[] = [PASSWORD, TOKEN, "ENCRYPTED SIGSTORE PRIVATE KEY"];

/** Builds as buildx does, as far as a registry sees it: one layer with the context, the same bytes for the same files. */
const BUILDX = `#!/usr/bin/env bash
set -euo pipefail
printf 'buildx %s\\n' "$*" >>"$CALLS"
case $1 in
  imagetools) crane digest "$3" 2>"$HOME/crane.err" || { grep -q MANIFEST_UNKNOWN "$HOME/crane.err" && echo "ERROR: $3: not found" >&2 || cat "$HOME/crane.err" >&2; exit 1; } ;;
  build)
    while (($# > 1)); do
      case $1 in
        --metadata-file) metadata=$2 ;;
        --output) name=$(sed 's/.*name=//; s/,.*//' <<<"$2") ;;
      esac
      shift
    done
    tar --create --sort=name --owner=0 --group=0 --mtime=@0 --file "$HOME/layer.tar" --directory "$1" .
    crane append --new_layer "$HOME/layer.tar" --new_tag "$name" >/dev/null 2>&1
    printf '{"containerimage.digest":"%s"}' "$(crane digest "$name")" >"$metadata"
    ;;
esac
`;

const SYFT = `#!/usr/bin/env bash
printf 'syft %s\\n' "$*" >>"$CALLS"
for argument; do [[ $argument != spdx-json=* ]] || printf '{"spdxVersion":"SPDX-2.3","name":"summit","packages":[]}' >"\${argument#*=}"; done
`;

/** Cosign itself, with its arguments written down: no key or token may stand among them. */
const COSIGN = `#!/usr/bin/env bash
printf 'cosign %s\\n' "$*" >>"$CALLS"
exec /usr/bin/env PATH="$REAL_PATH" cosign "$@"
`;

export interface KeyPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

export function keyPair(): KeyPair {
  const directory = mkdtempSync(join(tmpdir(), "gatehouse-keys-"));
  const env = { ...process.env, COSIGN_PASSWORD: PASSWORD };
  execFileSync("cosign", ["generate-key-pair"], { cwd: directory, env, stdio: "pipe" });
  const read = (name: string) => readFileSync(join(directory, name), "utf8");
  const pair = { privateKey: read("cosign.key"), publicKey: read("cosign.pub") };
  rmSync(directory, { recursive: true, force: true });
  return pair;
}

/** A clone, a registry, and the train's scripts for images in it, signed by a key. */
export class SigningBench extends TrainBench {
  /** @param service whose images they are @default - summit, as it is declared */
  static async start(service: Service = summit): Promise<SigningBench> {
    return new SigningBench(await LocalRegistry.start(), keyPair(), service);
  }

  readonly repository: string;

  private constructor(
    readonly registry: LocalRegistry,
    readonly keys: KeyPair,
    service: Service,
  ) {
    super(trainFiles(signedIn(service, registry, keys), organization));
    this.repository = `${registry.host}/openclaw/summit`;
    this.write("bin/buildx", BUILDX, true);
    this.write("bin/syft", SYFT, true);
    this.write("bin/cosign", COSIGN, true);
    this.initialize();
  }

  get calls(): string {
    return this.read("calls");
  }

  crane(...args: readonly string[]): string {
    return execFileSync("crane", args, { encoding: "utf8", stdio: "pipe" }).trim();
  }

  cosign(keys: KeyPair, ...args: readonly string[]): void {
    const env = { ...process.env, HOME: this.directory, COSIGN_PASSWORD: PASSWORD, KEY: keys.privateKey };
    execFileSync("cosign", args, { env, stdio: "pipe" });
  }

  /** An image that nobody has signed: some bytes under a tag. @returns its digest */
  push(tag: string, content: string): string {
    this.write("layer/file", content);
    execFileSync("tar", ["-cf", join(this.directory, "layer.tar"), "-C", join(this.directory, "layer"), "."]);
    this.crane("append", "-f", join(this.directory, "layer.tar"), "-t", `${this.repository}:${tag}`);
    return this.crane("digest", `${this.repository}:${tag}`);
  }

  step(script: string, env: Environment): Promise<Outcome> {
    return this.run(script, {
      REAL_PATH: process.env.PATH ?? "",
      REGISTRY_USER: "robot",
      REGISTRY_TOKEN: TOKEN,
      ...env,
    });
  }

  build(commit: string, env: Environment = {}): Promise<Outcome> {
    return this.step("train-build.sh", { COMMIT: commit, SOURCE: this.clone, ...env });
  }

  /** Signs what the step before has named. */
  sign(commit: string, env: Environment = {}): Promise<Outcome> {
    const keys = { COSIGN_PRIVATE_KEY: this.keys.privateKey, COSIGN_PASSWORD: PASSWORD };
    const published = { DIGEST: this.output("digest"), BEGAN: this.output("began") };
    return this.step("train-sign.sh", { COMMIT: commit, ...published, ...keys, ...env });
  }

  verify(digest: string, commit: string): Promise<Outcome> {
    return this.step("train-verify.sh", { DIGEST: digest, COMMIT: commit });
  }

  async stop(): Promise<void> {
    await this.registry.stop();
    this.dispose();
  }
}

function signedIn(service: Service, { host }: LocalRegistry, { publicKey }: KeyPair): Service {
  const { cluster } = service;
  if (cluster === undefined) throw new Error("the service runs in no cluster");
  return {
    ...service,
    cluster: {
      ...cluster,
      image: { ...cluster.image, repository: `${host}/openclaw/summit` },
      signing: { kind: "key", privateKey: "COSIGN_PRIVATE_KEY", password: "COSIGN_PASSWORD", publicKey },
    },
  };
}
