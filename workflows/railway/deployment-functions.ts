/**
 * The deployments that Railway knows, and how one is started.
 *
 * - `serviceInstanceDeployV2(commitSha)` builds exactly that commit of the connected repository and answers with the deployment's id
 *   (https://docs.railway.com/integrations/api/manage-services#deploy-a-service).
 * - `deploymentRollback(id)` restores image and variables of an earlier deployment, as a new deployment. It answers with true, not with an id
 *   (https://github.com/railwayapp/cli/blob/master/src/gql/schema.json; the manual's example says otherwise).
 * - A deployment that another one replaced is `REMOVED`; whether it can be restored says `canRollback`: images are kept for some days only
 *   (https://docs.railway.com/pricing/plans#image-retention-policy).
 */
export const DEPLOYMENT_FUNCTIONS = String.raw`
readonly RUNNING='.status == "SUCCESS" or .status == "SLEEPING"'
readonly UNDER_WAY='.status as $status | ["INITIALIZING", "QUEUED", "WAITING", "NEEDS_APPROVAL", "BUILDING", "DEPLOYING"] | index($status)'

# What the token is for, and the service's id. A token of another environment would deploy to that one.
locate() {
  local name repository
  ask 'query { projectToken { projectId environmentId } }' ||
    die "Railway doesn't take the token ($problem); make a project token for the environment $\{ENVIRONMENTS[$STAGE]} in the project's settings"
  project=$(jq --raw-output .projectToken.projectId "$work/data.json")
  environment=$(jq --raw-output .projectToken.environmentId "$work/data.json")
  ask 'query ($environment: String!) { environment(id: $environment) { name serviceInstances { edges { node { serviceId serviceName source { repo } } } } } }' \
    "environment=$environment" || die "the Railway environment can't be read: $problem"
  name=$(jq --raw-output .environment.name "$work/data.json")
  [[ $name == "$\{ENVIRONMENTS[$STAGE]}" ]] ||
    die "the token of the stage $STAGE is for the Railway environment $name; expected one for $\{ENVIRONMENTS[$STAGE]}: make it there and seal it again"
  jq --arg name "$RAILWAY_SERVICE" '[.environment.serviceInstances.edges[].node | select(.serviceName == $name)][0]' \
    "$work/data.json" >"$work/service.json"
  service=$(jq --raw-output '.serviceId // empty' "$work/service.json")
  [[ -n $service ]] || die "the Railway environment $name has no service $RAILWAY_SERVICE; correct railway.service, or make the service"
  repository=$(jq --raw-output '.source.repo // "no repository"' "$work/service.json")
  [[ -z $\{GITHUB_REPOSITORY:-} || $\{repository,,} == "$\{GITHUB_REPOSITORY,,}" ]] ||
    die "the Railway service $RAILWAY_SERVICE builds from $repository; expected $GITHUB_REPOSITORY: connect it under Settings, Source, and switch its automatic deployments off"
}

# The deployments of the service in deployments.json, the newest first.
list() {
  ask 'query ($project: String!, $environment: String!, $service: String!) { deployments(first: 50, input: {projectId: $project, environmentId: $environment, serviceId: $service}) { edges { node { id status createdAt canRollback meta } } } }' \
    "project=$project" "environment=$environment" "service=$service" || die "the deployments can't be read: $problem"
  jq '[.deployments.edges[].node | {id, status, createdAt, canRollback, commit: (.meta.commitHash? // "")}] | sort_by(.createdAt) | reverse' \
    "$work/data.json" >"$work/deployments.json"
}

# pick CONDITION [--arg NAME VALUE…]: the id of the newest deployment that meets it; nothing when none does.
pick() {
  local condition=$1
  shift
  jq --raw-output "$@" "[.[] | select($condition)][0].id // empty" "$work/deployments.json"
}

commit_of() {
  jq --raw-output --arg id "$1" '.[] | select(.id == $id).commit' "$work/deployments.json"
}

# build COMMIT: Railway builds and deploys the commit; its id in started.
build() {
  # shellcheck disable=SC2016
  graphql 'mutation ($environment: String!, $service: String!, $commit: String!) { serviceInstanceDeployV2(environmentId: $environment, serviceId: $service, commitSha: $commit) }' \
    "environment=$environment" "service=$service" "commit=$1" || return 1
  started=$(jq --raw-output .serviceInstanceDeployV2 "$work/data.json")
}

# restore ID COMMIT: the image of an earlier deployment runs again; where Railway has it no more, the commit is built again. Its id in started.
restore() {
  local id=$1 commit=$2 try
  cp "$work/deployments.json" "$work/before.json"
  if graphql 'mutation ($id: String!) { deploymentRollback(id: $id) }' "id=$id" &&
    jq --exit-status '.deploymentRollback == true' "$work/data.json" >/dev/null; then
    for ((try = 0; try < ASK_TRIES; try++)); do
      list
      started=$(pick '.id as $id | $before[0] | all(.id != $id)' --slurpfile before "$work/before.json")
      [[ -z $started ]] || return 0
      sleep "$PAUSE_SECONDS"
    done
    problem="Railway took the rollback to $id, but shows no new deployment"
    return 1
  fi
  say "  Railway can't restore $id ($problem); $commit is built again"
  [[ $commit =~ ^[0-9a-f]{40}$ ]] && build "$commit"
}
`;
