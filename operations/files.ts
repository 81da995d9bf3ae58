import { resolve } from "node:path";
import type { Fleet } from "../declaration/fleet";
import { type Console, mark } from "./console";
import { servicesWithFiles } from "./delivery-services";
import { EXIT } from "./failure";
import { filesOf } from "./files-of";
import { type FileStatus, writeInside } from "./write-inside";

export interface FilesOptions {
  /** @default - all services, each in a directory of its name */
  readonly service?: string | undefined;
  /** Directory that stands for the service's repository; made when it is missing. */
  readonly out: string;
  readonly json: boolean;
}

interface Written {
  readonly service: string;
  /** The directory that stands for its repository. */
  readonly out: string;
  readonly files: readonly { readonly path: string; readonly status: FileStatus }[];
}

/**
 * `gatehouse files <service> --out DIR`: writes the files of the service's repository; `--all`, those of every service below a directory of its
 * name. Other files there are left alone.
 */
export async function files(fleet: Fleet, options: FilesOptions, console: Console): Promise<number> {
  const written: Written[] = [];
  for (const entry of servicesWithFiles(fleet, options.service, console)) {
    const { name } = entry.service;
    const out = options.service === undefined ? resolve(options.out, name) : resolve(options.out);
    const files: Written["files"][number][] = [];
    for (const file of filesOf(fleet, entry)) files.push({ path: file.path, status: await writeInside(out, file) });
    written.push({ service: name, out, files });
    if (options.json) continue;
    for (const { path, status } of files)
      console.print(`${status === "unchanged" ? mark.skipped : mark.ok} ${status.padEnd(9)} ${path}`);
    console.print(`${files.length} files of ${name} in ${out}`);
  }
  if (options.json)
    console.print(JSON.stringify(options.service === undefined ? { services: written } : written[0], undefined, 2));
  return EXIT.fine;
}
