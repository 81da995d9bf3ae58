import { parentPort, workerData } from "node:worker_threads";
import { CompiledPolicies } from "../policies/compiled-policies";
import { messageOf } from "./failure";

/** A question to the thread. */
export interface Question {
  /** UTF-8 JSON. */
  readonly document: ArrayBuffer;
  /** Where the compiled rules are asked: all of them, or one. */
  readonly entrypoint: string;
}

export type Answer =
  /** What they say, in whatever shape. */
  | { readonly result: unknown }
  /** A rule threw, and what. */
  | { readonly error: string };

/** Answers one question after another. */
export function serve(): void {
  const policies = new CompiledPolicies(workerData as ArrayBuffer);
  // It can be asked.
  parentPort?.postMessage("ready");
  parentPort?.on("message", ({ document, entrypoint }: Question) => {
    parentPort?.postMessage(answer(policies, document, entrypoint));
  });
}

function answer(policies: CompiledPolicies, document: ArrayBuffer, entrypoint: string): Answer {
  try {
    return { result: policies.answer(document, entrypoint) };
  } catch (error) {
    return { error: messageOf(error) };
  }
}
