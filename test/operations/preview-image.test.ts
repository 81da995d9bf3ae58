import { previewDigest } from "../../operations/preview-image";

const REPOSITORY = "ghcr.io/openclaw/summit";
const DECLARED = `sha256:${"d".repeat(64)}`;
const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;
const of = (options: object) => previewDigest(options, REPOSITORY, DECLARED);

describe("what a preview runs", () => {
  test("is the declared digest when nothing else is said", () => {
    expect(of({})).toBe(DECLARED);
  });

  test("is the digest or the image that is said", () => {
    expect(of({ digest: DIGEST })).toBe(DIGEST);
    expect(of({ image: `${REPOSITORY}@${DIGEST}` })).toBe(DIGEST);
  });

  test("is never a tag: what it stands for may be moved", () => {
    expect(() => of({ image: `${REPOSITORY}:sha-1234` })).toThrow(
      `--image "${REPOSITORY}:sha-1234" has no digest, or two\nexpected ${REPOSITORY}@sha256:…: a tag may be moved by anyone`,
    );
    expect(() => of({ image: `${REPOSITORY}:1@${DIGEST}` })).toThrow(`--image is of "${REPOSITORY}:1"\nexpected`);
  });

  test("is never an image of somebody else's", () => {
    expect(() => of({ image: `docker.io/miner@${DIGEST}` })).toThrow(
      `--image is of "docker.io/miner"\nexpected ${REPOSITORY}, the service's own images`,
    );
  });

  test.each([
    ["too short", "sha256:1234"],
    ["in upper case", DIGEST.toUpperCase().replace("SHA", "sha")],
    ["of another kind", DIGEST.replace("sha256", "sha512")],
    ["with more behind it", `${DIGEST}\n`],
    ["empty", ""],
  ])("is no digest that is %s", (_, digest) => {
    const refused = /holds ".*"\nexpected a digest: sha256: and 64 hexadecimal digits in lower case; the build/;
    expect(() => of({ digest })).toThrow(refused);
    expect(() => of({ image: `${REPOSITORY}@${digest}` })).toThrow(refused);
  });

  test("is said once", () => {
    expect(() => of({ digest: DIGEST, image: `${REPOSITORY}@${DIGEST}` })).toThrow(
      "--image and --digest are given\nexpected one of them; --image holds a digest",
    );
    expect(() => of({ image: `${REPOSITORY}@${DIGEST}@${DIGEST}` })).toThrow(/has no digest, or two/);
  });
});
