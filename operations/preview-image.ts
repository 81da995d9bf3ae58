import { digest as Digest } from "../declaration/cluster";
import { show } from "../declaration/problem";
import { Failure } from "./failure";

export interface ImageOptions {
  /** `<repository>@sha256:…`. @default - by the digest */
  readonly image?: string | undefined;
  /** `sha256:…`. @default - the one that is declared */
  readonly digest?: string | undefined;
}

const HOW = "the build of the pull request prints it; docker buildx imagetools inspect <image>:<tag> shows it";

/**
 * The digest that a preview is to run.
 *
 * @param repository of the service's images: nothing else runs in its previews
 * @param declared what a preview without an image of its own runs
 * @throws Failure
 */
export function previewDigest({ image, digest }: ImageOptions, repository: string, declared: string): string {
  if (image !== undefined && digest !== undefined)
    throw new Failure("--image and --digest are given\nexpected one of them; --image holds a digest");
  if (image === undefined) return digest === undefined ? declared : checked("--digest", digest);
  const [of = "", pinned, ...more] = image.split("@");
  if (pinned === undefined || more.length > 0)
    throw new Failure(
      `--image ${show(image)} has no digest, or two\nexpected ${repository}@sha256:…: a tag may be moved by anyone; ${HOW}`,
    );
  if (of !== repository)
    throw new Failure(
      `--image is of ${show(of)}\nexpected ${repository}, the service's own images; see cluster.image.repository in its declaration`,
    );
  return checked("--image", pinned);
}

function checked(option: string, text: string): string {
  if (Digest.safeParse(text).success) return text;
  throw new Failure(
    `${option} holds ${show(text)}\nexpected a digest: sha256: and 64 hexadecimal digits in lower case; ${HOW}`,
  );
}
