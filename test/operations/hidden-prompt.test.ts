import { PassThrough } from "node:stream";
import { hiddenLine } from "../../operations/hidden-prompt";

const CANARY = "canary-3f9a";
const SEVERAL =
  /^more than one line was pasted; nothing was sealed\nif the value has several lines, give it on standard input with --as-is/;

describe("a prompt that shows nothing", () => {
  const ask = () => {
    const input = new PassThrough();
    const output = new PassThrough();
    const controller = new AbortController();
    const interrupt = jest.fn(() => controller.abort(new Error("interrupted")));
    const line = hiddenLine("TOKEN: ", { input, output, interrupt, signal: controller.signal });
    return { input, line, interrupt, controller, shown: () => String(output.read() ?? "") };
  };

  test.each([
    ["typed", `${CANARY}\r`],
    ["pasted with the line break that was copied", `\u001b[200~${CANARY}\n\u001b[201~`],
    ["pasted, then Enter", `\u001b[200~${CANARY}\u001b[201~\r`],
    ["corrected on the way, with keys that are no part of it", `x\u007f${CANARY}q\u001b[D\u001b[3~\u001b[A\r`],
  ])("takes one line, %s", async (_what, keys) => {
    const { input, line, shown } = ask();
    input.write(keys);
    await expect(line).resolves.toBe(CANARY);
    const text = shown();
    expect(text).toBe("\u001b[?2004hTOKEN: \u001b[?2004l\n");
    expect(text).not.toContain(CANARY);
  });

  test.each([
    ["in one piece", [`${CANARY}\nsecond\n`]],
    ["without a last line break", [`${CANARY}\nsecond`]],
    ["as marked by the terminal, piece by piece", [`\u001b[200~${CANARY}\n`, "second\n", "third\u001b[201~"]],
  ])("refuses several lines that were pasted %s: the shell would get the rest", async (_what, pieces) => {
    const { input, line } = ask();
    const refused = expect(line).rejects.toThrow(SEVERAL);
    for (const piece of pieces) {
      input.write(piece);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await refused;
    await expect(line).rejects.not.toThrow(CANARY);
  });

  test("ends with Ctrl-C, and gives the terminal back as it was", async () => {
    const { input, line, interrupt, shown } = ask();
    input.write(`${CANARY}\u0003`);
    await expect(line).rejects.toThrow("interrupted");
    expect(interrupt).toHaveBeenCalledTimes(1);
    expect(shown()).toBe("\u001b[?2004hTOKEN: \u001b[?2004l\n");
  });

  test.each(["\u0004", undefined])("ends with the input, which is no value (%j)", async (last) => {
    const { input, line } = ask();
    if (last === undefined) input.end();
    else input.write(last);
    await expect(line).rejects.toThrow("the input ended before there was a value; nothing was sealed");
  });
});
