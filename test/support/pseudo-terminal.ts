export interface PseudoTerminalProps {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A program that believes it talks to a person: its input and output are a terminal of its own. */
export interface PseudoTerminal {
  write(keys: string): void;
  onData(told: (text: string) => void): unknown;
  onExit(told: (end: { readonly exitCode: number }) => void): unknown;
}

/** @param file an executable */
export function inTerminal(file: string, words: readonly string[], props: PseudoTerminalProps): PseudoTerminal {
  // Its types are those of a module by another name, so that the compiler finds none here.
  const pty = require("@cdktf/node-pty-prebuilt-multiarch") as {
    spawn(file: string, words: readonly string[], props: PseudoTerminalProps): PseudoTerminal;
  };
  return pty.spawn(file, words, props);
}
