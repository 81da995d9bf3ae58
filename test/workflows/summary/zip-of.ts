import { crc32, deflateRawSync } from "node:zlib";

/** What a file of a ZIP says of itself that is not so. */
export interface ZipLie {
  /** Method of compression, by its number. @default - deflated, 8 */
  readonly method?: number;
  /** Flags; 1 says it is encrypted. @default - none */
  readonly flags?: number;
}

/** A ZIP with these files, by name; names may be any, also such as lead out of a directory. */
export function zipOf(
  files: Readonly<Record<string, string | Buffer>>,
  { method = 8, flags = 0 }: ZipLie = {},
): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const plain = Buffer.from(content);
    const packed = deflateRawSync(plain);
    const path = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(crc32(plain), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(plain.length, 18);
    common.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, path, packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    entries.push(Buffer.concat([Buffer.from("PK\x01\x02"), Buffer.from([20, 0]), common, place, path]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from("PK\x05\x06"), end]);
}

/** A JUnit report of these tests, by name. */
export function junit(tests: Readonly<Record<string, "passed" | "failed" | "skipped">>): string {
  const inner = { passed: "", failed: "<failure>no</failure>", skipped: "<skipped/>" };
  const cases = Object.entries(tests).map(
    ([name, result]) => `<testcase classname="c" name="${name}">${inner[result]}</testcase>`,
  );
  return `<testsuites><testsuite name="s">${cases.join("")}</testsuite></testsuites>`;
}
