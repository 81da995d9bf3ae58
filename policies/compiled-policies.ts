import { type LoadedPolicy, loadPolicySync } from "@open-policy-agent/opa-wasm";

/** 64 KiB each; 1 GiB in all, so that a rule that collects too much is stopped before the machine is. */
const MOST_PAGES = 16_384;

/** The rules as WebAssembly. Each answer is of one document alone; a rule that throws leaves nothing behind for the next. */
export class CompiledPolicies {
  readonly #wasm: ArrayBuffer;
  #policy: LoadedPolicy;

  constructor(wasm: ArrayBuffer) {
    this.#wasm = wasm;
    this.#policy = this.#fresh();
  }

  /**
   * What the rules say of a document.
   * @param json the document, as UTF-8
   * @param entrypoint where they are asked: `EVERY_ENTRYPOINT`, or that of one rule
   * @throws Error with what a rule throws; of several rules, the first that does
   */
  answer(json: ArrayBuffer, entrypoint: string): unknown {
    try {
      const results: readonly { readonly result: unknown }[] = this.#policy.evaluate(json, entrypoint);
      const [first] = results;
      if (first === undefined) throw new Error(`the compiled rules have no answer at ${entrypoint}`);
      return first.result;
    } catch (error) {
      // Its memory is as the evaluation left it.
      this.#policy = this.#fresh();
      throw error instanceof Error ? error : new Error(thrown(error));
    }
  }

  #fresh(): LoadedPolicy {
    return loadPolicySync(this.#wasm, { initial: 5, maximum: MOST_PAGES });
  }
}

/** What the runtime throws is a text, or an object with one. */
function thrown(error: unknown): string {
  if (typeof error === "object" && error !== null && "message" in error) return String(error.message);
  return String(error);
}
