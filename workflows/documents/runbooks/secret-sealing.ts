import { TRAIN_SECRETS } from "../../../declaration/release-train";
import { sealedPath, sealedSecretPath } from "../../../declaration/sealed-paths";
import type { Secret } from "../../../declaration/settings";
import { CLOUDFLARE_TOKENS } from "../cloudflare-tokens";
import { code, shell } from "../markdown";
import { clusterPlaces, restart } from "./cluster-places";
import { deployerKubeconfig } from "./deployer-kubeconfig";
import type { Block, RunbookSource } from "./runbook-source";
import { cloudflareTokenKeys } from "./secret-revocation";

export type NamedSecret = readonly [key: string, secret: Secret];

/** How another value is got, in place of one that has leaked or is due. */
export function reissue(source: RunbookSource, secrets: readonly NamedSecret[]): readonly Block[] {
  const kubeconfig = deployerKubeconfig(source);
  const rotated = rotation(source, secrets);
  const others = rotated.length === 0 && kubeconfig.length === 0 ? "Ask" : "Others: ask";
  return [...rotated, ...kubeconfig, `${others} for a new one with the same rights, and no more.`];
}

/** Tokens whose permissions are declared are made by nobody. */
function rotation({ service }: RunbookSource, secrets: readonly NamedSecret[]): readonly Block[] {
  const tokens = cloudflareTokenKeys(service);
  if (tokens.length === 0) return [];
  const commands = secrets
    .filter(([key]) => tokens.includes(key))
    .flatMap(([key, { environments }]) =>
      environments.map((name) => `npx gatehouse rotate ${service.name} ${name} ${key}`),
    );
  return [
    `${tokens.map(code).join(", ")}: nobody makes them by hand. In the platform's repository, one line for each environment makes a token of the account with exactly the permission groups that \`${CLOUDFLARE_TOKENS}\` names, looks whether it works and may do nothing else, and seals it; of step 3, the pull request and the deployment are left. It asks with \`GITHUB_TOKEN\`, which may read the environments and the names of their secrets of this repository, and with \`CLOUDFLARE_API_TOKEN\`, a token of the account with the permission Account API Tokens Write:`,
    shell(...commands),
    "Interrupted anywhere, run it again. A token that is void is replaced by another; one that still works and isn't due only with `--early`.",
  ];
}

/** How the new value gets to where it is used: from a prompt into a sealed box, and nowhere else. */
export function sealing(source: RunbookSource, secrets: readonly NamedSecret[]): readonly Block[] {
  const { service } = source;
  const made = [
    ...cloudflareTokenKeys(service),
    ...(deployerKubeconfig(source).length === 0 ? [] : [TRAIN_SECRETS.kubeconfig]),
  ];
  const commands = secrets
    .filter(([key]) => !made.includes(key))
    .flatMap(([key, { environments }]) =>
      environments.map((name) => `npx gatehouse seal ${service.name} ${name} ${key}`),
    );
  const file = code(sealedPath(service.name));
  return [
    ...(commands.length === 0
      ? []
      : [
          `For every environment of the secret, in the platform's repository. It asks for the value at a prompt that doesn't show it, and writes it into ${file}, sealed for the environment's public key, with its owner and the date by which it is due; the value is in no file, no argument and no shell history. \`GITHUB_TOKEN\` may read the environments of this repository:`,
          shell(...commands),
          "A value of several lines, such as a key in PEM, comes from what prints it: `… | npx gatehouse seal … --as-is`.",
        ]),
    ...(secrets.length === 0
      ? []
      : [
          `Commit ${file}; after the pull request is merged, deploy the stages:`,
          shell(...Object.keys(service.stages).map((stage) => `npx cdktf deploy ${service.name}-${stage}`)),
        ]),
    ...sealingForClusters(source),
  ];
}

/** What the container gets from a Secret of the cluster, which only the cluster's controller can make. */
function sealingForClusters(source: RunbookSource): readonly Block[] {
  const { service } = source;
  const { container, secrets } = service.cluster ?? {};
  const keys = Object.keys(secrets ?? {});
  if (container?.secret === undefined || keys.length === 0) return [];
  const places = clusterPlaces(source);
  const clusters = new Map(places.map(({ cluster, context }) => [cluster, context]));
  return [
    `${keys.map(code).join(", ")}: keys of the Secret ${code(container.secret)} in each stage's namespace. They are sealed with the certificate of the cluster's controller, which is taken from the cluster each time, since the controller renews it; GitHub isn't asked:`,
    shell(
      ...[...clusters].map(
        ([cluster, context]) =>
          `kubeseal --fetch-cert --controller-namespace sealed-secrets --context ${context} >${cluster}.pem`,
      ),
      ...places.flatMap(({ stage, cluster }) =>
        keys.map((key) => `npx gatehouse seal ${service.name} ${stage} ${key} --certificate ${cluster}.pem`),
      ),
    ),
    "Commit the files, which hold SealedSecrets; after the pull request is merged, apply them. Pods read the new value when they start again:",
    shell(
      ...places.flatMap((place) => [
        `kubectl apply --context ${place.context} --filename ${sealedSecretPath({ service: service.name, stage: place.stage })}`,
        restart(place),
      ]),
    ),
  ];
}
