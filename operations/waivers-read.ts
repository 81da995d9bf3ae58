import { join } from "node:path";
import { WAIVERS_FILE } from "../policies/waiver-fault";
import { NO_WAIVERS, type WaiverFile, waiversOfText } from "../policies/waiver-file";
import { contentOf } from "./write-inside";

/** The waivers of a project. @param root the directory that has `policies/` */
export async function readWaivers(root: string): Promise<WaiverFile> {
  const text = await contentOf(join(root, WAIVERS_FILE));
  return text === undefined ? NO_WAIVERS : waiversOfText(text);
}
