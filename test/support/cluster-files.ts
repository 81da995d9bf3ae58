import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Who may talk to the API server, by a token of one's own. */
export interface ClusterUser {
  readonly name: string;
  readonly token: string;
  /** @default - none, beside the `system:authenticated` that all are in */
  readonly groups?: readonly string[];
}

/** Member of the group that RBAC lets do everything. */
export const ADMIN: ClusterUser = { name: "admin", token: "admin-of-a-test", groups: ["system:masters"] };

/** etcd waits for the disk at each write; a directory in memory, where there is one with room, spares that. */
const MEMORY = "/dev/shm";
const ROOM_BYTES = 1024 ** 3;

/** Followed by the id of the process that a cluster belongs to. */
const PREFIX = "gatehouse-cluster-";

/** What the programs of one control plane read, in a temporary directory of its own. */
export class ClusterFiles {
  readonly directory: string;
  readonly #kubeconfigs = new Map<string, string>();

  /** @param url of the API server */
  constructor(
    private readonly url: string,
    users: readonly ClusterUser[],
  ) {
    const base = roomyDirectory();
    removeLeftovers(base);
    this.directory = mkdtempSync(join(base, `${PREFIX}${process.pid}-`));
    writeFileSync(this.tokens, users.map(tokenLine).join(""), { mode: 0o600 });
    const { privateKey, publicKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
      publicKeyEncoding: { type: "spki", format: "pem" },
    });
    writeFileSync(this.signingKey, privateKey, { mode: 0o600 });
    writeFileSync(this.verifyingKey, publicKey);
  }

  /** Users, as `--token-auth-file` reads them. */
  get tokens(): string {
    return join(this.directory, "tokens.csv");
  }

  /** Signs the tokens of service accounts. */
  get signingKey(): string {
    return join(this.directory, "service-accounts.key");
  }

  get verifyingKey(): string {
    return join(this.directory, "service-accounts.pub");
  }

  /** Where the API server keeps the certificate that it makes for itself. */
  get certificates(): string {
    return join(this.directory, "certificates");
  }

  /** The certificate and the authority that signed it; there from the API server's start on. */
  get certificate(): string {
    return join(this.certificates, "apiserver.crt");
  }

  get hasCertificate(): boolean {
    // Written at once: a file that is there is whole.
    return existsSync(this.certificate) && readFileSync(this.certificate, "utf8").includes("END CERTIFICATE");
  }

  log(program: string): string {
    return join(this.directory, `${program}.log`);
  }

  /** Removes all. A program that was killed may still be leaving. */
  remove(): void {
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }

  /** A kubeconfig file for a token: one context, `test`. */
  kubeconfig(token: string, namespace = "default"): string {
    const id = `${token} ${namespace}`;
    const known = this.#kubeconfigs.get(id);
    if (known !== undefined) return known;
    const path = join(this.directory, `kubeconfig-${this.#kubeconfigs.size}`);
    const cluster = {
      server: this.url,
      "certificate-authority-data": Buffer.from(readFileSync(this.certificate)).toString("base64"),
    };
    // JSON is YAML.
    const content = {
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: "test", cluster }],
      users: [{ name: "test", user: { token } }],
      contexts: [{ name: "test", context: { cluster: "test", user: "test", namespace } }],
      "current-context": "test",
    };
    writeFileSync(path, JSON.stringify(content), { mode: 0o600 });
    this.#kubeconfigs.set(id, path);
    return path;
  }
}

/** token, user, uid, groups */
function tokenLine({ name, token, groups = [] }: ClusterUser): string {
  return `${token},${name},${name},"${groups.join(",")}"\n`;
}

/** A test that was killed has not removed its data, and memory would fill. */
function removeLeftovers(base: string): void {
  for (const name of readdirSync(base)) {
    const owner = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN;
    if (!Number.isNaN(owner) && !isRunning(owner)) rmSync(join(base, name), { recursive: true, force: true });
  }
}

/** Whether a process by that id is there. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It is there, and someone else's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function roomyDirectory(): string {
  if (!existsSync(MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize > ROOM_BYTES ? MEMORY : tmpdir();
}
