import type { Environment } from "../declaration/environments";
import type { Organization } from "../declaration/organization";
import type { Service } from "../declaration/service";
import { stageStackName } from "../declaration/stack-names";
import { Failure } from "./failure";
import { GithubReader, type GithubReaderProps } from "./github-reader";
import { repositoryPath } from "./preflight-repository";
import { environmentKey, type PublicKey } from "./public-key";
import { sealedBox } from "./sealed-box";

/**
 * The public key that GitHub has for an environment at this moment; it is asked for anew each time.
 * @throws Failure when there is none, or it can't be seen
 */
export async function keyOfNow(
  organization: Pick<Organization, "github">,
  service: Pick<Service, "name">,
  { name, stage }: Pick<Environment, "name" | "stage">,
  github: GithubReaderProps,
): Promise<PublicKey> {
  const answer = await environmentKey(new GithubReader(github), repositoryPath(organization, service), name);
  if (answer.kind === "found") return answer.key;
  const token =
    "use a token that may read environments: a classic one with the scope repo, or a fine-grained one with read access to Environments";
  if (answer.kind === "unseen")
    throw new Failure(`the public key of "${name}" could not be seen: ${answer.why}; nothing was sealed\n${token}`);
  throw new Failure(
    `GitHub shows no environment "${name}", so there is no key to seal for; nothing was sealed\nif it is not there yet, deploy it: npx cdktf deploy ${stageStackName(service.name, stage)}; else ${token}`,
  );
}

/** @throws Failure when the key is none that anything should be sealed for */
export async function boxFor(text: Uint8Array, key: PublicKey): Promise<string> {
  try {
    return await sealedBox(text, key);
  } catch {
    // libsodium refuses points of small order, whose boxes everybody could open. It says nothing of the value, and neither does this.
    throw new Failure(
      `nothing can be sealed for the public key ${key.id} of the environment\nsee that GITHUB_BASE_URL names GitHub, and run this again`,
    );
  }
}
