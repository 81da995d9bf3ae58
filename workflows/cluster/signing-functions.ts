import type { Organization } from "../../declaration/organization";
import type { Service } from "../../declaration/service";
import type { ShellConstant } from "../shell-script";
import { TRAIN_WORKFLOW, type Trainable } from "./train-service";

/** Who signs a run's tokens. https://docs.github.com/en/actions/concepts/security/openid-connect */
export const ACTIONS_ISSUER = "https://token.actions.githubusercontent.com";

/** Who builds, as the provenance names it: a machine of GitHub's. https://actions.github.io/buildtypes/workflow/v1 */
export const BUILDER = "https://github.com/actions/runner/github-hosted";

/** The only workflow whose images are trusted, as the certificate names it: that of `main`. */
export function trainIdentity({ name }: Pick<Service, "name">, { github }: Pick<Organization, "github">): string {
  return `https://github.com/${github.login}/${name}/.github/workflows/${TRAIN_WORKFLOW}@refs/heads/main`;
}

/**
 * What cosign is told. With a key nothing goes to the public transparency log: names of images of a private service don't belong there, and a
 * deployment would need one more service to be up. Without a key the log is what makes the signature trustworthy.
 */
export function signingConstants(
  service: Trainable,
  organization: Pick<Organization, "github">,
): Readonly<Record<string, ShellConstant>> {
  const { signing } = service.cluster;
  if (signing.kind === "key") {
    return {
      SIGNING: "key",
      PUBLIC_KEY: signing.publicKey,
      SIGN: ["--yes", "--key", "env://COSIGN_PRIVATE_KEY", "--tlog-upload=false"],
      TRUST: ["--insecure-ignore-tlog=true"],
    };
  }
  return {
    SIGNING: "keyless",
    PUBLIC_KEY: "",
    SIGN: ["--yes"],
    TRUST: [
      "--certificate-identity",
      trainIdentity(service, organization),
      "--certificate-oidc-issuer",
      ACTIONS_ISSUER,
    ],
  };
}

/** The registry of an image as programs log in to it. https://github.com/distribution/reference/blob/main/normalize.go */
export function registryOf(repository: string): string {
  const [first = "", ...rest] = repository.split("/");
  return rest.length > 0 && (/[.:]/.test(first) || first === "localhost") ? first : "index.docker.io";
}

/** The registry, and what is verified of an image in it. */
export const SIGNING_FUNCTIONS = String.raw`
# Who logs in stands in a file of this user alone, for as long as this runs.
log_in() {
  expect_secret REGISTRY_USER 'the user of the registry'
  expect_secret REGISTRY_TOKEN "that user's token"
  export DOCKER_CONFIG=$work/docker
  mkdir -p -- "$DOCKER_CONFIG"
  cosign login "$REGISTRY" --username "$REGISTRY_USER" --password-stdin <<<"$REGISTRY_TOKEN" >/dev/null 2>"$work/login.err" ||
    die "the registry $REGISTRY did not take the login: $(plain <"$work/login.err"); renew the token"
  unset REGISTRY_TOKEN
  trust=("$\{TRUST[@]}")
  if [[ $SIGNING == key ]]; then
    printf '%s\n' "$PUBLIC_KEY" >"$work/cosign.pub"
    trust+=(--key "$work/cosign.pub")
  fi
}

# The lines with the reason, without cosign's warnings about flags.
complaint() { grep -v '^WARNING' "$work/cosign.err" | plain; }

# attested TYPE FILE: the statements of that type about $subject that are signed by the one who is trusted.
attested() {
  interruptible cosign verify-attestation "$\{trust[@]}" --type "$1" "$subject" >"$work/attested" 2>"$work/cosign.err" || return 1
  jq --compact-output '.payload | @base64d | fromjson' "$work/attested" >"$2"
}

# What the provenance says where it names no commit that is trusted.
origin() {
  if [[ -s $work/origins ]]; then head -n 1 "$work/origins" | plain; else printf 'from no commit that is named'; fi
}

# verified DIGEST [COMMIT]: signed, with a list of what is in it and with a record of what it was built from: by a machine of GitHub's, from a commit
# of this repository; of that commit, when one is given.
# Sets built_from; or problem, and fails.
verified() {
  local subject=$IMAGE@$1
  built_from=
  if ! interruptible cosign verify "$\{trust[@]}" "$subject" >"$work/signature.json" 2>"$work/cosign.err"; then
    problem="it has no signature that is trusted: $(complaint)"
    return 1
  fi
  if ! attested spdxjson "$work/sbom.ndjson"; then
    problem="no SBOM is attached to it that is trusted: $(complaint)"
    return 1
  fi
  if ! attested slsaprovenance1 "$work/provenance.ndjson"; then
    problem="no provenance is attached to it that is trusted: $(complaint)"
    return 1
  fi
  jq --raw-output --arg builder "$BUILDER" --arg repository "https://github.com/$REPOSITORY" '
    def named: if . == null or . == "" then "(none is named)" else . end;
    .predicate | (.runDetails.builder.id | named) as $by | (.buildDefinition.externalParameters.workflow.repository | named) as $from
    | .buildDefinition.resolvedDependencies[]?.digest.gitCommit
    | if $by != $builder then "by \($by), not by \($builder)"
      elif $from != $repository then "from the repository \($from), not from \($repository)"
      else . // empty end' "$work/provenance.ndjson" >"$work/origins"
  built_from=$(grep -m 1 -E "$SHA" "$work/origins") || {
    problem="it was built $(origin)"
    return 1
  }
  if [[ -n $\{2:-} ]]; then
    if ! grep -qx -- "$2" "$work/origins"; then
      problem="it was built from $built_from, not from $2"
      return 1
    fi
    built_from=$2
  fi
}

# must_be_verified DIGEST [COMMIT]
must_be_verified() {
  verified "$@" || die "$IMAGE@$1 is not deployed: $problem. Expected an image that $WORKFLOW built, signed and described; release the commit again, so that it is"
}
`;
