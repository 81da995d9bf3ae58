import { PassThrough } from "node:stream";
import { withAsker } from "../../operations/asker";

describe("questions on a terminal", () => {
  const terminal = () => {
    const input = new PassThrough();
    const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
    const controller = new AbortController();
    const interrupt = jest.fn(() => controller.abort());
    return { input, output, interrupt, signal: controller.signal };
  };

  it("are answered line by line, with the default in brackets", async () => {
    const { input, output, ...rest } = terminal();
    const answers = withAsker({ input, output, ...rest }, async (ask) => [
      await ask("name", undefined),
      await ask("team", "pos"),
    ]);
    input.write("  demo \n");
    await new Promise(setImmediate);
    input.write("\n");
    await expect(answers).resolves.toEqual(["demo", ""]);
    expect(String(output.read())).toMatch(/name: .*team \(pos\): /s);
  });

  it("end with Ctrl-C", async () => {
    const { input, interrupt, ...rest } = terminal();
    const answer = withAsker({ input, interrupt, ...rest }, (ask) => ask("name", undefined));
    input.write("\u0003");
    await expect(answer).rejects.toThrow("aborted");
    expect(interrupt).toHaveBeenCalledTimes(1);
  });

  it("end with the input, which is no answer", async () => {
    const { input, ...rest } = terminal();
    const answer = withAsker({ input, ...rest }, (ask) => ask("name", undefined));
    input.end();
    await expect(answer).rejects.toThrow("the input ended before every question was answered; nothing was written");
  });
});
