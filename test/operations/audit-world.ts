import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AuditEntry } from "../../declaration/audit-entry";
import type { Fleet } from "../../declaration/fleet";
import { type AuditAppendOptions, auditAppend } from "../../operations/audit-append";
import { type AuditAroundOptions, auditAround } from "../../operations/audit-around";
import { signedEntry } from "../../operations/audit-envelope";
import { auditExport } from "../../operations/audit-export";
import { nameOfPlace } from "../../operations/audit-place";
import { auditVerify } from "../../operations/audit-verify";
import { minimalFleet } from "../declaration/fixture";
import { RecordingConsole } from "./recording-console";

export const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const START = Date.parse("2026-11-01T00:00:00Z");

/** A key of its own, in files as people have them. */
export class Key {
  readonly privateFile: string;
  readonly publicFile: string;
  readonly key: KeyObject;
  readonly pem: string;
  /** As it is declared. */
  readonly declared: string;

  constructor(directory: string, name: string) {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    this.key = privateKey;
    this.pem = String(privateKey.export({ format: "pem", type: "pkcs8" }));
    this.privateFile = join(directory, `${name}.pem`);
    this.publicFile = join(directory, `${name}.pub`);
    writeFileSync(this.privateFile, this.pem, { mode: 0o600 });
    writeFileSync(this.publicFile, publicKey.export({ format: "pem", type: "spki" }));
    this.declared = publicKey.export({ format: "der", type: "spki" }).toString("base64");
  }
}

export interface Verified {
  readonly entries: number;
  readonly findings: readonly { readonly kind: string; readonly which: string; readonly said: string }[];
  readonly unfinished: readonly number[];
}

/** A directory with a trail, and what happens to it. */
export class AuditWorld {
  readonly directory = mkdtempSync(join(tmpdir(), "gatehouse-audit-"));
  readonly trail = join(this.directory, "trail");
  readonly witness = join(this.directory, "witness.json");
  readonly key = new Key(this.directory, "key");
  now = START;
  fleet: Fleet = minimalFleet();

  async close(): Promise<void> {
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Says of an act what most tests say; a minute later than the last. */
  async append(changes: Partial<AuditAppendOptions> = {}): Promise<RecordingConsole> {
    this.now += 60_000;
    const console = new RecordingConsole();
    const options: AuditAppendOptions = {
      ...this.common,
      act: "rotation",
      outcome: "succeeded",
      actor: "ada",
      stack: [],
      plan: [],
      waiver: [],
      ...this.signing,
      acceptClock: false,
      json: false,
      ...changes,
    };
    await auditAppend(this.fleet, options, console, { now: () => this.now, random: () => 0 });
    return console;
  }

  /** Runs a command as the act of a release; a minute between one look at the clock and the next. */
  async around(
    command: readonly string[],
    changes: Partial<AuditAroundOptions> = {},
    console = new RecordingConsole(),
  ): Promise<{ readonly code: number; readonly said: string }> {
    const options: AuditAroundOptions = {
      ...this.common,
      environment: { PATH: process.env.PATH, ...this.runEnvironment },
      act: "apply",
      actor: "ada",
      reason: "Release of November",
      commit: COMMIT,
      stack: ["tiny-production"],
      plan: [],
      waiver: [],
      acceptClock: false,
      command,
      ...changes,
    };
    const clock = { now: () => (this.now += 60_000), random: () => 0 };
    const code = await auditAround(this.fleet, options, console, clock);
    return { code, said: console.progressed.join("\n") };
  }

  /** Entries about nothing in particular. */
  async filled(count: number): Promise<void> {
    for (let entry = 0; entry < count; entry++) await this.append();
  }

  async verify(options: { readonly witness?: string; readonly trust?: readonly string[] } = {}) {
    const console = new RecordingConsole();
    const code = await auditVerify(this.fleet, { ...this.common, ...options, json: true }, console);
    return { code, ...(console.json as Verified) };
  }

  async verifyInWords(options: { readonly witness?: string } = {}) {
    const console = new RecordingConsole();
    const code = await auditVerify(this.fleet, { ...this.common, ...options, json: false }, console);
    return { code, text: console.text };
  }

  async export(format: "jsonl" | "csv") {
    const console = new RecordingConsole();
    const code = await auditExport(this.fleet, { ...this.common, format }, console);
    return { code, console };
  }

  get names(): readonly string[] {
    return readdirSync(this.trail).sort();
  }

  read(place: number): Buffer {
    return readFileSync(join(this.trail, nameOfPlace(place)));
  }

  entry(place: number): AuditEntry {
    const read = JSON.parse(this.read(place).toString());
    const { payload } = (read.dsseEnvelope ?? read) as { payload: string };
    return JSON.parse(Buffer.from(payload, "base64").toString()) as AuditEntry;
  }

  /** Writes over an entry, as somebody who owns the disk can. */
  put(place: number, bytes: Buffer | string): void {
    this.putFile(nameOfPlace(place), bytes);
  }

  putFile(name: string, bytes: Buffer | string): void {
    const path = join(this.trail, name);
    if (this.names.includes(name)) chmodSync(path, 0o644);
    writeFileSync(path, bytes);
  }

  /** Writes over an entry with another one that is properly signed. */
  async sign(place: number, changes: object, key?: KeyObject): Promise<void> {
    this.put(place, await this.signed({ ...this.entry(place), ...changes } as AuditEntry, key));
  }

  /** Writes over the text of an entry, and leaves what was signed. */
  rewrite(place: number, changes: object): void {
    const read = JSON.parse(this.read(place).toString());
    const envelope = read.dsseEnvelope ?? read;
    envelope.payload = Buffer.from(JSON.stringify({ ...this.entry(place), ...changes })).toString("base64");
    this.put(place, `${JSON.stringify(read)}\n`);
  }

  remove(place: number): void {
    rmSync(join(this.trail, nameOfPlace(place)));
  }

  /** What an entry is signed with. */
  get signing(): Pick<AuditAppendOptions, "key" | "environment"> {
    return { key: this.key.privateFile, environment: {} };
  }

  /** What the entries of a run are signed with. */
  protected get runEnvironment(): Readonly<Record<string, string>> {
    return { GATEHOUSE_AUDIT_KEY: this.key.pem };
  }

  protected async signed(entry: AuditEntry, key = this.key.key): Promise<Buffer> {
    return signedEntry(entry, key);
  }

  /** Whose entries are believed, beside whom the fleet declares. */
  protected get trusted(): Pick<AuditAppendOptions, "trust" | "trustedRoot"> {
    return { trust: [this.key.publicFile] };
  }

  private get common() {
    return { trail: this.trail, ...this.trusted, root: this.directory, environment: {} };
  }
}
