import { messageOf } from "./failure";
import { recordOf } from "./record-of";

/** Why a request had no answer: `fetch failed` says nothing, its cause does; of several addresses that all failed, only the code is said. */
export function whyNoAnswer(error: unknown): string {
  const { message, code } = recordOf(recordOf(error).cause);
  const said = [message, code].find((word) => typeof word === "string" && word !== "");
  return typeof said === "string" ? said : messageOf(error);
}
