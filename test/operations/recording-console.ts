import type { Console } from "../../operations/console";

/** A console that keeps what a verb says. */
export class RecordingConsole implements Console {
  readonly printed: string[] = [];
  readonly progressed: string[] = [];

  print(line: string): void {
    this.printed.push(line);
  }

  progress(line: string): void {
    this.progressed.push(line);
  }

  get text(): string {
    return this.printed.join("\n");
  }

  get json(): unknown {
    return JSON.parse(this.text);
  }
}
