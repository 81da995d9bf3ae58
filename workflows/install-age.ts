import type { WorkflowStep } from "./workflow";

/**
 * age as its author releases it, at one version, checked against the digest of the archive
 * (https://github.com/FiloSottile/age/releases/tag/v1.2.1). The runner's packages would change under the backups.
 */
const AGE = {
  version: "v1.2.1",
  sha256: "7df45a6cc87d4da11cc03a539a7470c15b1041ab2b396af088fe9990f7c79d50",
} as const;

const INSTALL_AGE = String.raw`
archive=$RUNNER_TEMP/age.tar.gz
curl --fail --silent --show-error --location --retry 5 --proto =https --output "$archive" \
  "https://github.com/FiloSottile/age/releases/download/$AGE_VERSION/age-$AGE_VERSION-linux-amd64.tar.gz"
echo "$AGE_SHA256  $archive" | sha256sum --check --strict
tar --extract --gzip --file "$archive" --directory "$RUNNER_TEMP" age/age
echo "$RUNNER_TEMP/age" >>"$GITHUB_PATH"
"$RUNNER_TEMP/age/age" --version
`.trim();

/** Puts age on the path, and says which versions of other tools the runner has. */
export function installAge(showVersions: readonly string[] = []): WorkflowStep {
  return {
    name: "Install age",
    env: { AGE_VERSION: AGE.version, AGE_SHA256: AGE.sha256 },
    run: [INSTALL_AGE, ...showVersions].join("\n"),
  };
}
