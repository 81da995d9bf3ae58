import { secretText } from "../../operations/secret-text";

const KEY = "-----BEGIN SOMETHING-----\nAAAA\n-----END SOMETHING-----\n";

function refusal(came: string | Uint8Array, asIs = false): string {
  try {
    secretText(Buffer.from(came as string), asIs);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

describe("a value to be sealed", () => {
  test.each([
    ["one line", "canary value", "canary value"],
    ["a line break that the shell added", "canary\n", "canary"],
    ["one of Windows", "canary\r\n", "canary"],
    ["other scripts, and a tab within", "ключ\tüber", "ключ\tüber"],
    ["exactly what GitHub takes", "x".repeat(49_152), "x".repeat(49_152)],
  ])("%s is taken", (_what, came, taken) => {
    expect(Buffer.from(secretText(Buffer.from(came), false)).toString()).toBe(taken);
  });

  test.each([KEY, " canary ", "canary\n\n", "\ufeffcanary"])("with --as-is every byte of %j is taken", (came) => {
    expect(Buffer.from(secretText(Buffer.from(came), true)).toString()).toBe(came);
  });

  test.each([false, true])("of 65 KB is refused, as GitHub would (as it is: %s)", (asIs) => {
    expect(refusal("x".repeat(65 * 1024), asIs)).toMatch(
      /^the value has more than 49,152 bytes, which is GitHub's limit for a secret; nothing was sealed\nseal a key, and keep/,
    );
  });

  test.each(["", "\n", "  \n", "\r\n\r\n"])("that is empty (%j) is refused, as it is or not", (came) => {
    const said =
      "the value is empty; nothing was sealed\ntype it at the prompt, or write it to the command's standard input: <what prints it> | npx gatehouse seal …";
    expect(refusal(came)).toBe(said);
    expect(refusal(came, true)).toBe(said);
  });

  test.each([KEY, "canary\ncanary", "canary\rcanary", "canary\n\n"])(
    "of several lines (%j) is refused unless it is meant",
    (came) => {
      expect(refusal(came)).toBe(
        "the value has more than one line; nothing was sealed\nif that is right, as of a key or a kubeconfig, give it on standard input with --as-is, which takes every byte of it",
      );
    },
  );

  test.each([" canary", "canary ", "\tcanary\n", "\ufeffcanary"])(
    "with blanks at its ends (%j) is refused unless they are meant",
    (came) => {
      expect(refusal(came)).toBe(
        "the value begins or ends with blanks; nothing was sealed\nleave them out, or take every byte as it is: --as-is",
      );
    },
  );

  test.each([
    ["no UTF-8", Buffer.from([0x63, 0xff, 0xfe])],
    ["a NUL", "can\u0000ary"],
    ["an escape, as of an arrow key", "canary\u001b[D"],
  ])("with %s is refused, as it is or not", (_what, came) => {
    const said =
      "the value is binary, or has control characters; nothing was sealed\nexpected text in UTF-8; seal the base64 of it, and decode it where it is read";
    expect(refusal(came)).toBe(said);
    expect(refusal(came, true)).toBe(said);
  });
});
