import type { WorkflowStep } from "../workflow";

interface Tool {
  readonly version: string;
  readonly url: string;
  /** Of the file that is downloaded, in hexadecimal. */
  readonly digest: { readonly algorithm: "sha256" | "sha512"; readonly value: string };
  /** Where the program is in the archive. @default - the file is the program */
  readonly member?: string;
  /** Arguments that make it say its version. */
  readonly says: string;
}

/**
 * What the train runs beside the runner's own programs, at one version, checked against a digest before it runs beside secrets. Installing actions
 * are left out where they run what a branch has right now: anchore/sbom-action fetches `install.sh` from `main`
 * (https://github.com/anchore/sbom-action/blob/v0.24.0/src/github/SyftGithubAction.ts).
 */
const TOOLS = {
  /** Digest: https://github.com/kubernetes/kubernetes/blob/master/CHANGELOG/CHANGELOG-1.33.md#client-binaries */
  kubectl: {
    version: "v1.33.5",
    url: "https://dl.k8s.io/v1.33.5/kubernetes-client-linux-amd64.tar.gz",
    digest: {
      algorithm: "sha512",
      value:
        "c0959e01d4d82b293848202b4392f8c784ca7e27abb68ebae36c303e34abb83378bcfa5679699c15681f1a3fc6eb801ea1204e086fc8e6512f11023fb1e178e7",
    },
    member: "kubernetes/client/bin/kubectl",
    says: "version --client",
  },
  /** 2.6: the last line whose signatures admission controllers and other tools read everywhere; 3 writes bundles. https://github.com/sigstore/cosign/releases/tag/v2.6.5 */
  cosign: {
    version: "v2.6.5",
    url: "https://github.com/sigstore/cosign/releases/download/v2.6.5/cosign-linux-amd64",
    digest: { algorithm: "sha256", value: "c3b4f5410e608af03a5eb0aaac84a4313d8da131248e08ff1759ac70c79d1644" },
    says: "version",
  },
  /** Digest: https://github.com/anchore/syft/releases/download/v1.42.3/syft_1.42.3_checksums.txt */
  syft: {
    version: "v1.42.3",
    url: "https://github.com/anchore/syft/releases/download/v1.42.3/syft_1.42.3_linux_amd64.tar.gz",
    digest: { algorithm: "sha256", value: "0d6be741479eddd2c8644a288990c04f3df0d609bbc1599a005532a9dff63509" },
    member: "syft",
    says: "version",
  },
  /** Digest: https://github.com/docker-library/docker, the Dockerfile of the release that brings it. */
  buildx: {
    version: "v0.36.0",
    url: "https://github.com/docker/buildx/releases/download/v0.36.0/buildx-v0.36.0.linux-amd64",
    digest: { algorithm: "sha256", value: "07823fdfcd82a41be90155a8b16876c1a780a6462de805a9f3f63b3119ccfb99" },
    says: "version",
  },
} as const satisfies Record<string, Tool>;

export type ToolName = keyof typeof TOOLS;

/** What builds images: with it, the bytes of an image. https://hub.docker.com/r/moby/buildkit */
export const BUILDKIT = "moby/buildkit:v0.29.0@sha256:0039c1d47e8748b5afea56f4e85f14febaf34452bd99d9552d2daa82262b5cc5";

/** Puts tools on the path. */
export function installTools(names: readonly ToolName[]): WorkflowStep {
  return {
    name: `Install ${names.join(", ")}`,
    run: [
      'mkdir -p "$RUNNER_TEMP/tools"',
      ...names.flatMap(install),
      'echo "$RUNNER_TEMP/tools" >>"$GITHUB_PATH"',
    ].join("\n"),
  };
}

function install(name: ToolName): readonly string[] {
  const { url, digest, says, member }: Tool = TOOLS[name];
  const file = `"$RUNNER_TEMP/${name}.download"`;
  const program = `"$RUNNER_TEMP/tools/${name}"`;
  return [
    `curl --fail --silent --show-error --location --retry 5 --proto =https --output ${file} \\`,
    `  ${url}`,
    `echo "${digest.value}  $RUNNER_TEMP/${name}.download" | ${digest.algorithm}sum --check --strict`,
    member === undefined
      ? `mv -- ${file} ${program}`
      : `tar --extract --gzip --file ${file} --to-stdout ${member} >${program}`,
    `chmod +x ${program}`,
    `${program} ${says}`,
  ];
}
