import { DEPLOYER } from "../../../declaration/cluster-names";
import { TRAIN_SECRETS } from "../../../declaration/release-train";
import { sealedPath } from "../../../declaration/sealed-paths";
import { code, shell } from "../markdown";
import { days } from "../periods";
import { type ClusterPlace, clusterPlaces, kubectl } from "./cluster-places";
import type { Block, RunbookSource } from "./runbook-source";

/** The stages that a release train deploys to, with the secret that holds the kubeconfig for each. */
function deployers(source: RunbookSource): readonly ClusterPlace[] {
  const { cluster, settings } = source.service;
  const setting = cluster?.train === undefined ? undefined : settings[TRAIN_SECRETS.kubeconfig];
  if (setting?.kind !== "secret") return [];
  return clusterPlaces(source).filter(({ stage }) => setting.environments.includes(stage));
}

/**
 * How the kubeconfig of a stage's deployer is made: of a token that ends by itself, and of nothing else that could log in. The token goes from
 * the cluster into the sealed box, through no file, no argument and no screen.
 * https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#bound-service-account-tokens
 */
export function deployerKubeconfig(source: RunbookSource): readonly Block[] {
  const { service } = source;
  const key = TRAIN_SECRETS.kubeconfig;
  const setting = service.settings[key];
  const places = deployers(source);
  if (setting?.kind !== "secret" || places.length === 0) return [];
  const [first] = places;
  return [
    `${code(key)}: the kubeconfig of the service account ${code(DEPLOYER)}, another one for each stage: ${places.map(({ stage, namespace }) => `${code(stage)} (namespace ${code(namespace)})`).join(", ")}. It may change the version in that namespace, and nothing else. Whoever may administer the namespace makes it; the last line here, in the platform's repository, does step 3 for this key up to the pull request:`,
    shell(
      `ENVIRONMENT=${first?.stage} CONTEXT=${first?.context} NAMESPACE=${first?.namespace} LOGIN="${DEPLOYER}-$(date -u +%Y%m%d)"`,
      'kubectl --context "$CONTEXT" --namespace "$NAMESPACE" create secret generic "$LOGIN" # empty: the token lives as long as it does',
      `export TOKEN="$(kubectl --context "$CONTEXT" --namespace "$NAMESPACE" create token ${DEPLOYER} --bound-object-kind Secret --bound-object-name "$LOGIN" --duration ${(setting.rotateEveryDays + GRACE_DAYS) * 24}h)"`,
      "cut -d . -f 2 <<<\"$TOKEN\" | tr _- /+ | base64 --decode 2>/dev/null | jq '.exp | todate' # when it ends; some clusters cut it short",
      'kubectl --context "$CONTEXT" config view --minify --flatten --raw --output json |',
      `  jq --compact-output --arg namespace "$NAMESPACE" '${KUBECONFIG}' |`,
      `  npx gatehouse seal ${service.name} "$ENVIRONMENT" ${key}; unset TOKEN`,
    ),
    `The token is to end ${days(GRACE_DAYS)} after it must have been renewed (${days(setting.rotateEveryDays)}). Where it ends sooner, its \`rotateBy\` in ${code(sealedPath(service.name))} is the day before that: write it there.`,
  ];
}

/** So that a renewal that is a few days late doesn't stop releases. */
const GRACE_DAYS = 7;

/** Of the cluster its address and certificate; of the login the token alone. */
const KUBECONFIG =
  '{apiVersion, kind, clusters, users: [{name: "deployer", user: {token: env.TOKEN}}], contexts: [{name: "deployer", context: {cluster: .clusters[0].name, user: "deployer", namespace: $namespace}}], "current-context": "deployer"}';

/** How such a kubeconfig is made void: with the object that its token is bound to, or with the account. */
export function deployerRevocation(source: RunbookSource): readonly string[] {
  return deployers(source).map(
    (place) =>
      `- ${code(TRAIN_SECRETS.kubeconfig)} of ${code(place.stage)}: remove the Secret that its token is bound to, named after the day it was made: \`${kubectl(place, `delete secret ${DEPLOYER}-<yyyymmdd>`)}\`. If you can't tell which, all of its tokens go with the account: \`${kubectl(place, `delete serviceaccount ${DEPLOYER}`)}\`, then \`npx cdktf deploy ${source.service.name}-${place.stage}\` in the platform's repository, which makes the account again; until then nothing can be released.`,
  );
}
