import { whyNoAnswer } from "../../operations/why-no-answer";

describe("why a request had no answer", () => {
  const failed = (cause: unknown) => new TypeError("fetch failed", { cause });

  test.each([
    ["is what the cause says", failed(new Error("getaddrinfo ENOTFOUND nowhere")), "getaddrinfo ENOTFOUND nowhere"],
    [
      "is the code, where several addresses failed and nothing is said of them",
      failed(Object.assign(new AggregateError([], ""), { code: "ECONNREFUSED" })),
      "ECONNREFUSED",
    ],
    [
      "is what the error says, where there is no cause",
      new Error("the answer is larger than 16 MiB"),
      "the answer is larger than 16 MiB",
    ],
    ["is what the error says, where the cause says nothing", failed({}), "fetch failed"],
    ["is whatever was thrown", "no error at all", "no error at all"],
  ])("%s", (_what, error, expected) => {
    expect(whyNoAnswer(error)).toBe(expected);
  });
});
