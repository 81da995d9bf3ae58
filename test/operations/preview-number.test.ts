import { pullRequestNumber } from "../../operations/preview-number";

const EXPECTED =
  "expected its number: 1 to 999999999, in digits, without a leading zero; copy it from the pull request's address";

describe("the number of a pull request", () => {
  test.each(["1", "42", "999999999"])("%s is one", (text) => {
    expect(pullRequestNumber(text)).toBe(Number(text));
  });

  test.each(["0", "-1", "1; rm -rf", "1e3", "007", "99999999999", "", " 42", "42\n", "0x2a", "4.2", "٤٢", "42 43"])(
    "%j is none",
    (text) => {
      expect(() => pullRequestNumber(text)).toThrow(`--pr ${JSON.stringify(text)} is no pull request\n${EXPECTED}`);
    },
  );

  test("what moves the cursor is shown, not done", () => {
    expect(() => pullRequestNumber("\u001b[2J1")).toThrow(/^--pr "\\u001b\[2J1" is no pull request/);
  });
});
