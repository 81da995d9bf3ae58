import { formatProblem, type Problem } from "../declaration/problem";
import type { AnswerProblems } from "../scaffold/answer-problems";
import type { Ask } from "./asker";
import { type Console, printable } from "./console";
import { Failure } from "./failure";

/** One thing that must be known. */
export interface Question {
  /** The flag that answers it. */
  readonly flag: string;
  readonly text: string;
  /** What the command line says. */
  readonly given: string | undefined;
  /** @default - somebody must say it */
  readonly fallback?: string | undefined;
  readonly problems: AnswerProblems;
}

export interface InterviewProps {
  /** Take defaults without asking. */
  readonly yes: boolean;
  /** @default - there is nobody to ask */
  readonly ask: Ask | undefined;
  readonly console: Console;
}

/** Answers from the command line, from defaults, and from whoever sits at the terminal. */
export class Interview {
  private readonly missing: string[] = [];

  constructor(private readonly props: InterviewProps) {}

  /**
   * The answer; without one the default, or nothing, and `refuseMissing` says so.
   * @throws Failure when the command line says something that is wrong
   */
  async answer(question: Question): Promise<string> {
    const { flag, text, given, fallback, problems } = question;
    const { yes, ask } = this.props;
    if (given !== undefined) {
      refuse(problems(given));
      return given;
    }
    if (yes && fallback !== undefined) return fallback;
    if (!yes && ask !== undefined) return this.asked(question, ask);
    this.missing.push(`  ${flag}: ${text}${fallback === undefined ? "" : ` (default: ${fallback})`}`);
    return fallback ?? "";
  }

  /** @throws Failure that names the flags of everything that nobody answered */
  refuseMissing(): void {
    if (this.missing.length === 0) return;
    const list = this.missing.join("\n");
    throw new Failure(
      this.props.yes
        ? `nothing was written: there is no default for\n${list}\ngive it on the command line`
        : `nothing was written: there is no terminal to ask on, and no answer to\n${list}\ngive them on the command line, or --yes for the defaults`,
    );
  }

  /** Asked for again as long as it is wrong. */
  private async asked({ text, fallback, problems }: Question, ask: Ask): Promise<string> {
    for (;;) {
      const came = (await ask(text, fallback)) || fallback || "";
      const found = problems(came);
      if (found.length === 0) return came;
      for (const problem of found) this.props.console.progress(printable(formatProblem(problem)));
    }
  }
}

/** @throws Failure with every mistake of what was asked for */
export function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new Failure(`nothing was written\n\n${problems.map(formatProblem).join("\n\n")}`);
}
