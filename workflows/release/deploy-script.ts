import type { Edge, Release } from "../../declaration/edge";
import type { Service } from "../../declaration/service";
import { JOB_MESSAGES } from "../job-messages";
import type { RenderedFile } from "../rendered-file";
import { INTERRUPTIBLE } from "../shell-basics";
import { shellScript } from "../shell-script";
import { WRANGLER_TEMPLATE, wranglerPlaceholders } from "../wrangler-config";
import { applicationSecrets } from "./application-secrets";
import { DEPLOY_FUNCTIONS } from "./deploy-functions";

export const DEPLOY_SCRIPT = "scripts/release-deploy.sh";

/** A service with a Worker and a release. */
export type Releasable = Service & { readonly edge: Edge; readonly release: Release };

const MAIN = String.raw`
: "$\{STAGE:?set it to the stage}" "$\{MODE:?set it to release or rollback}" "$\{RELEASE_SHA:?set it to the commit}"
: "$\{SOURCE:?set it to the working copy of the commit}" "$\{HEALTHCHECK_URL:?the variable is empty in this environment}"
: "$\{CLOUDFLARE_API_TOKEN:?the secret is empty in this environment}" "$\{CLOUDFLARE_ACCOUNT_ID:?the variable is empty in this environment}"
[[ -n $\{WORKERS[$STAGE]:-} ]] || die "there is no stage $STAGE"

SOURCE=$(cd -- "$SOURCE" && pwd)
umask 077
work=$(mktemp -d)
moving=no
stable=
config=
export WRANGLER_SEND_METRICS=false WRANGLER_OUTPUT_FILE_PATH="$work/wrangler.ndjson" NO_COLOR=1 CI=true
: >"$WRANGLER_OUTPUT_FILE_PATH"

# However this ends while traffic is split, by a failure or by a signal, the stable version gets all of it back. If even that is cut
# short, the next run begins with it.
cleanup() {
  local status=$?
  begin_cleanup
  if [[ $moving == yes ]]; then
    if [[ -z $stable ]]; then
      printf '::error::this was the first deployment: there is no version to go back to\n'
    elif traffic "$stable@100%"; then
      printf '::error::rolled back: %s serves all requests\n' "$stable"
    else
      printf '::error::the rollback failed; do it by hand: npx wrangler versions deploy %s@100%% --name %s --yes\n' "$stable" "$\{WORKERS[$STAGE]}"
    fi
    [[ $status != 0 ]] || status=1
  fi
  rm -rf -- "$work"
  [[ -z $config ]] || rm -f -- "$config"
  exit "$status"
}
cleanup_at_end

write_config
write_secrets
find_stable
# Migrations are not taken back: they expand before they contract, so the version before works with them.
[[ $MODE == rollback ]] || migrate

short=$\{RELEASE_SHA:0:7}
if [[ -z $stable ]]; then
  # A Worker without a version has nothing to share traffic with, and "versions upload" wants a deployed Worker.
  # https://developers.cloudflare.com/workers/configuration/versions-and-deployments/gradual-deployments/
  say "The first deployment of $\{WORKERS[$STAGE]}: all at once"
  moving=yes
  wrangler deploy --tag "$short" --message "$MODE $RELEASE_SHA" --secrets-file "$secrets" || die "the deployment failed"
  version=$(version_of deploy)
  steps=()
else
  wrangler versions upload --tag "$short" --message "$MODE $RELEASE_SHA" --secrets-file "$secrets" ||
    die "the version could not be uploaded; nothing was deployed"
  version=$(version_of version-upload)
  if [[ $STAGE == "$GRADUAL_STAGE" && $MODE == release ]]; then steps=("$\{STEPS[@]}"); else steps=(100); fi
fi
rm -f -- "$secrets"
[[ $version =~ ^[0-9a-f-]{36}$ ]] || die "wrangler named no version"

for step in "$\{steps[@]}"; do
  say "$step % to $version"
  moving=yes
  if ((step == 100)); then
    traffic "$version@100%" || die "the traffic could not be moved"
  else
    traffic "$version@$step%" "$stable@$((100 - step))%" || die "the traffic could not be moved"
  fi
  if [[ $STAGE == "$GRADUAL_STAGE" ]]; then seconds=$OBSERVE_SECONDS; else seconds=0; fi
  observe "$version" "$seconds" || die "the new version is not well at $step %"
done
if [[ -z $stable ]]; then observe "$version" 0 || die "the new version is not well"; fi
moving=no

printf 'version=%s\nprevious=%s\n' "$version" "$stable" >>"$GITHUB_OUTPUT"
say "✓ $version of $RELEASE_SHA serves all requests of $STAGE" | tee -a "$GITHUB_STEP_SUMMARY"
`;

/**
 * `scripts/release-deploy.sh`. What gradual deployments can't do: migrations of Durable Objects need one deployment at once
 * (https://developers.cloudflare.com/workers/configuration/versions-and-deployments/gradual-deployments/#gradual-deployments-for-durable-objects);
 * domains, routes and cron triggers are no part of a version: Terraform owns them.
 */
export function deployScript(service: Releasable): RenderedFile {
  const { edge, release } = service;
  const stages = releaseStages(release);
  const byStage = (value: (stage: string) => readonly string[]) =>
    new Map(stages.map((stage) => [stage, value(stage).join(" ")]));
  return shellScript({
    service: service.name,
    path: DEPLOY_SCRIPT,
    about: [
      "Deploys a commit to a stage: migrations, upload, then step by step with a health check, and back when it is not well.",
      "Reads STAGE, MODE, RELEASE_SHA, SOURCE (the working copy), HEALTHCHECK_URL, CLOUDFLARE_API_TOKEN, CLOUDFLARE_ACCOUNT_ID.",
    ],
    constants: {
      WRANGLER_TEMPLATE,
      WORKERS: byStage((stage) => [edge.workers[stage] ?? ""]),
      PLACEHOLDERS: byStage((stage) => wranglerPlaceholders(service, stage)),
      DATABASES: byStage((stage) => Object.values(edge.d1 ?? {}).flatMap(({ names }) => names[stage] ?? [])),
      APPLICATION_SECRETS: byStage((stage) =>
        applicationSecrets(service, stage).map(({ key, optional }) => (optional ? `${key}?` : key)),
      ),
      GRADUAL_STAGE: release.stage,
      STEPS: release.steps.map(String),
      OBSERVE_SECONDS: release.observeSeconds,
      SMOKE_ATTEMPTS: release.smokeAttempts,
      SMOKE_PAUSE_SECONDS: 5,
    },
    parts: [JOB_MESSAGES, INTERRUPTIBLE, DEPLOY_FUNCTIONS, MAIN],
  });
}

/** The stages that a release goes to, in order. */
export function releaseStages(release: Release): readonly string[] {
  return release.rehearsal === undefined ? [release.stage] : [release.rehearsal, release.stage];
}
