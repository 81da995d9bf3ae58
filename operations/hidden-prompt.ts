import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { Failure } from "./failure";

export interface HiddenPromptProps {
  /** A terminal. */
  readonly input: NodeJS.ReadableStream;
  /** Where the question goes; what is typed is not shown. */
  readonly output: NodeJS.WritableStream;
  readonly signal: AbortSignal;
  /** What Ctrl-C does: the terminal itself sends no signal while a line is edited. */
  readonly interrupt: () => void;
}

/** Have the terminal say where something pasted begins and ends: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html#h2-Bracketed-Paste-Mode */
const MARK_PASTES = "\u001b[?2004h";
const MARK_PASTES_NO_MORE = "\u001b[?2004l";

/**
 * Asks for one line that nobody sees: neither a terminal nor a history shows it.
 * @throws Failure when several lines were pasted: what follows the first would go to the shell, and into its history
 */
export async function hiddenLine(question: string, props: HiddenPromptProps): Promise<string> {
  const { input, output, signal, interrupt } = props;
  signal.throwIfAborted();
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: unseen, terminal: true, historySize: 0, escapeCodeTimeout: 50 });
  let pasting = false;
  const watch = (_text: string | undefined, { name }: { readonly name?: string }) => {
    if (name === "paste-start" || name === "paste-end") pasting = name === "paste-start";
  };
  input.on("keypress", watch);
  output.write(`${MARK_PASTES}${question}`);
  try {
    return await new Promise<string>((resolve, reject) => {
      const came: string[] = [];
      lines.on("SIGINT", interrupt);
      lines.on("close", () => reject(new Failure("the input ended before there was a value; nothing was sealed")));
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      const settle = () => {
        const [line = ""] = came;
        if (came.length === 1 && lines.line === "") resolve(line);
        else if (!pasting)
          reject(
            new Failure(
              "more than one line was pasted; nothing was sealed\nif the value has several lines, give it on standard input with --as-is: npx gatehouse seal … --as-is < <file>, or | from what prints it",
            ),
          );
      };
      const finish = () => {
        if (!pasting) settle();
        else input.once("keypress", () => setImmediate(finish));
      };
      lines.on("line", (line) => {
        came.push(line);
        // What was pasted comes in one piece, or is marked as such: look when all of it is here.
        if (came.length === 1) setImmediate(finish);
      });
    });
  } finally {
    input.off("keypress", watch);
    lines.close();
    output.write(`${MARK_PASTES_NO_MORE}\n`);
  }
}
