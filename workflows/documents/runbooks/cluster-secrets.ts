import { imageRepository } from "../../../declaration/cluster-names";
import { TRAIN_SECRETS } from "../../../declaration/release-train";
import { code } from "../markdown";
import { deployerRevocation } from "./deployer-kubeconfig";
import type { RunbookSource } from "./runbook-source";

/** How the secrets of what runs in a cluster are made void. */
export function clusterSecrets(source: RunbookSource): readonly string[] {
  const { cluster } = source.service;
  if (cluster === undefined) return [];
  return [...deployerRevocation(source), ...registry(source), ...signingKey(source), ...dispatchToken(source)];
}

function registry({ service, organization }: RunbookSource): readonly string[] {
  if (service.cluster?.train === undefined) return [];
  const image = imageRepository(service, organization);
  const where = image.startsWith("ghcr.io/")
    ? "GitHub → the user's Settings → Developer settings → Personal access tokens → the token → **Delete**"
    : `the registry of ${code(image)} → the user → the token → **Delete**`;
  return [
    `- ${code(TRAIN_SECRETS.registryToken)}: ${where}. Images pushed meanwhile carry no signature that is trusted, so none of them is deployed; remove them all the same.`,
  ];
}

/** What it has signed stays signed: the public key is what must go. */
function signingKey({ service }: RunbookSource): readonly string[] {
  const signing = service.cluster?.signing;
  if (signing?.kind !== "key") return [];
  return [
    `- ${code(signing.privateKey)}, ${code(signing.password)}: the key can't be made void, trust in it can. Make a new pair (\`cosign generate-key-pair\`, with a new password), put \`cosign.pub\` into \`cluster.signing.publicKey\` of \`services/${service.name}.ts\`, seal both, deploy all stages, and release at once: what the old key has signed is refused from then on, by an admission controller for every new pod too. Look at every digest that was deployed since the leak.`,
  ];
}

function dispatchToken({ service }: RunbookSource): readonly string[] {
  const dispatch = service.cluster?.previews?.dispatch;
  if (dispatch === undefined) return [];
  return [
    `- ${code(dispatch.token)}: GitHub → the owner's Settings → Developer settings → the token (or the app's key) → **Delete**. Look at the runs of \`previews.yml\` in ${code(dispatch.repository)}: it could start workflows there.`,
  ];
}
