import { once } from "node:events";
import { join } from "node:path";
import { setInterval } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { type ZodType, z } from "zod";
import { EVERY_ENTRYPOINT } from "../policies/every-rule";
import { EveryFinding, type RuleFinding, RuleFindings } from "../policies/finding";
import type { PolicyRule } from "../policies/rule";
import { entrypointOf } from "../policies/rule-source";
import { messageOf } from "./failure";
import type { Answer } from "./policy-worker";

/** What one rule says of one document. */
export type RuleAnswer =
  | { readonly rule: PolicyRule; readonly findings: readonly RuleFinding[] }
  /** It has no answer, and why. */
  | { readonly rule: PolicyRule; readonly broken: string };

export interface EngineProps {
  readonly rules: readonly PolicyRule[];
  /** The rules, compiled. */
  readonly wasm: Uint8Array;
  /** After so much of a processor's time a rule is cut off: on a busy machine it has no less than on an idle one. Milliseconds. @default 10000 */
  readonly deadline?: number | undefined;
}

/** The thread itself ended, of memory for instance. */
interface Dead {
  readonly error: string;
  readonly dead: true;
}

const DEADLINE = 10_000;
const CUT_OFF = "cut off" as const;
/** How often a thread's time is looked at. Milliseconds. */
const LOOK = 100;
/** A thread that does nothing is waited for so many times the deadline. */
const PATIENCE = 30;

/**
 * Runs rules in a thread of its own. All are asked at once; where one of them throws or doesn't end, each is asked alone, so that it hides no other's
 * answer. A rule that was cut off is not asked about later documents: they would wait as long for nothing.
 */
export class PolicyEngine {
  readonly #props: EngineProps;
  readonly #deadline: number;
  readonly #cutOff = new Map<string, string>();
  #worker: Promise<Worker> | undefined;

  constructor(props: EngineProps) {
    this.#props = props;
    this.#deadline = props.deadline ?? DEADLINE;
  }

  /** @param name what the document is called; `json` its text */
  async judge(name: string, json: string): Promise<readonly RuleAnswer[]> {
    const { rules } = this.#props;
    const document = new TextEncoder().encode(json).buffer;
    if (this.#cutOff.size === 0) {
      const all = await this.#ask(document, EVERY_ENTRYPOINT, EveryFinding);
      if (all !== CUT_OFF && "said" in all) return rules.map((rule) => ({ rule, findings: all.said[rule.name] ?? [] }));
    }
    const answers: RuleAnswer[] = [];
    for (const rule of rules) answers.push(await this.#alone(rule, name, document));
    return answers;
  }

  async stop(): Promise<void> {
    const worker = await this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  async #alone(rule: PolicyRule, name: string, document: ArrayBuffer): Promise<RuleAnswer> {
    const before = this.#cutOff.get(rule.name);
    if (before !== undefined) return { rule, broken: `was not asked: it was cut off at ${before}` };
    const answer = await this.#ask(document, entrypointOf(rule.name), RuleFindings);
    if (answer === CUT_OFF) {
      this.#cutOff.set(rule.name, name);
      return { rule, broken: `was cut off after ${this.#deadline / 1000} s` };
    }
    return "said" in answer ? { rule, findings: answer.said } : { rule, broken: answer.error };
  }

  async #ask<T>(
    document: ArrayBuffer,
    entrypoint: string,
    shape: ZodType<T>,
  ): Promise<{ readonly said: T } | { readonly error: string } | typeof CUT_OFF> {
    this.#worker ??= this.#start();
    // How long a thread takes to begin is no rule's fault.
    const first = await this.#answer(await this.#worker, { document, entrypoint });
    if (first === CUT_OFF || "dead" in first) await this.stop();
    if (first === CUT_OFF || "error" in first) return first;
    const said = shape.safeParse(first.result);
    return said.success ? { said: said.data } : { error: `its findings are none: ${z.prettifyError(said.error)}` };
  }

  async #answer(worker: Worker, question: object): Promise<Answer | Dead | typeof CUT_OFF> {
    const over = new AbortController();
    const answered = once(worker, "message", over).then(
      ([answer]): Answer | Dead => answer,
      // An error of the thread comes instead.
      (error): Dead => ({ error: `its thread ended: ${messageOf(error)}`, dead: true }),
    );
    worker.postMessage(question);
    try {
      return await Promise.race([answered, this.#tooLong(over.signal)]);
    } finally {
      over.abort();
    }
  }

  async #tooLong(signal: AbortSignal): Promise<typeof CUT_OFF> {
    const before = process.cpuUsage();
    const looks = setInterval(LOOK, undefined, { signal });
    let number = 0;
    try {
      for await (const _ of looks) {
        number += 1;
        // This thread waits meanwhile: what the process spends is the other's.
        const { user, system } = process.cpuUsage(before);
        if (user + system > this.#deadline * 1000 || number * LOOK > this.#deadline * PATIENCE) break;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    return CUT_OFF;
  }

  async #start(): Promise<Worker> {
    // A copy: what was read may lie in the middle of a larger buffer.
    const workerData = new Uint8Array(this.#props.wasm).buffer;
    const worker = new Worker(join(__dirname, "policy-worker.js"), { workerData });
    // Its first message says that it can be asked; an error rejects.
    await once(worker, "message");
    return worker;
  }
}
