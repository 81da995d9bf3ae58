import { createInterface } from "node:readline/promises";
import { Failure } from "./failure";

/** Asks somebody and waits for the answer, which is empty when the default is taken. */
export type Ask = (question: string, fallback: string | undefined) => Promise<string>;

export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly signal: AbortSignal;
  /** What Ctrl-C does: the terminal itself sends no signal while a line is edited. */
  readonly interrupt: () => void;
}

/** Lets questions be asked on a terminal while `work` goes on. */
export async function withAsker<T>(terminal: Terminal, work: (ask: Ask) => Promise<T>): Promise<T> {
  const { input, output, signal, interrupt } = terminal;
  const lines = createInterface({ input, output });
  const ended = new Promise<never>((_, reject) =>
    lines.once("close", () =>
      reject(new Failure("the input ended before every question was answered; nothing was written")),
    ),
  );
  // Closing at the end of the work is no failure.
  ended.catch(() => undefined);
  lines.on("SIGINT", interrupt);
  try {
    return await work(async (question, fallback) => {
      const hint = fallback === undefined ? "" : ` (${fallback})`;
      return (await Promise.race([lines.question(`${question}${hint}: `, { signal }), ended])).trim();
    });
  } finally {
    lines.close();
  }
}
