import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Edge } from "../../../declaration/edge";
import type { Service } from "../../../declaration/service";
import { openclawPos } from "../../../services/openclaw-pos";
import { organization } from "../../../services/organization";
import { backupFiles } from "../../../workflows/backup/backup-files";
import { wranglerTemplate } from "../../../workflows/wrangler-config";

const NODE_MODULES = resolve(__dirname, "../../../node_modules");

/** The Workers runtime of the installed wrangler is older than the date that the service declares. */
const edge: Edge = { ...openclawPos.edge, worker: { ...openclawPos.edge.worker, compatibilityDate: "2026-04-01" } };
const service: Service = { ...openclawPos, edge };

const MIGRATION = `
CREATE TABLE products (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, picture BLOB, price REAL, note TEXT);
CREATE TABLE orders (id TEXT PRIMARY KEY, "odd ""column" TEXT, made INTEGER DEFAULT 5);
CREATE TABLE order_items (id INTEGER PRIMARY KEY, order_id TEXT NOT NULL REFERENCES orders(id), product_id INTEGER REFERENCES products(id));
CREATE TABLE payments (id INTEGER PRIMARY KEY, order_id TEXT REFERENCES orders(id), amount INTEGER);
CREATE TABLE audit (id INTEGER PRIMARY KEY, what TEXT);
CREATE INDEX items_by_order ON order_items(order_id);
CREATE VIEW totals AS SELECT order_id, sum(amount) AS total FROM payments GROUP BY order_id;
CREATE TRIGGER after_order AFTER INSERT ON orders BEGIN INSERT INTO audit(what) VALUES ('order; ' || new.id); END;
`;
const ROWS = `
INSERT INTO products(name, picture, price, note) VALUES ('It''s; a "quote"', x'00ff01', 1.5, NULL);
INSERT INTO products(name, picture, price, note) VALUES ('日本 🍣 \\n back\\slash', NULL, 0.1, 'a line
INSERT INTO "products" VALUES(9);
.shell touch pwned
-- comment ; ''
/* x');
INSERT INTO products(name, note) VALUES ('large', hex(zeroblob(20000)));
INSERT INTO orders(id) VALUES ('a'), ('b'), ('c; DROP TABLE orders');
INSERT INTO order_items(order_id, product_id) VALUES ('a', 1), ('b', 2);
INSERT INTO payments(order_id, amount) VALUES ('a', 1200), ('b', NULL);
`;
const WORKER = `
export default {
  async fetch(request: Request, env: { DB: { prepare(sql: string): { first(): Promise<unknown> } } }) {
    if (new URL(request.url).pathname === "/health") return new Response("well");
    return Response.json(await env.DB.prepare("SELECT count(*) AS orders FROM orders").first());
  },
};
`;

export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** A service's repository with a local D1 database full of awkward rows, a key pair and a directory in the place of the bucket. */
export class LocalShop {
  readonly directory = mkdtempSync(join(tmpdir(), "gatehouse-backup-"));
  readonly temporary = join(this.directory, "tmp");
  readonly store = join(this.directory, "store");
  readonly repository = join(this.directory, "repository");
  readonly identity = join(this.directory, "identity.txt");
  readonly recipient: string;

  constructor() {
    for (const directory of [this.temporary, this.store, this.repository]) mkdirSync(directory);
    for (const file of [...backupFiles(service, organization), wranglerTemplate({ ...service, edge })]) {
      this.write(file.path, file.content);
      if (file.executable) chmodSync(join(this.repository, file.path), 0o755);
    }
    this.write("migrations/0001_first.sql", MIGRATION);
    this.write("rows.sql", ROWS);
    this.write("src/index.ts", WORKER);
    this.write(
      "package.json",
      JSON.stringify({
        name: "shop",
        scripts: { "smoke:checkout": 'curl -sf "$BASE_URL/" | tee seen.json && test ! "$BACKUP_AGE_IDENTITY"' },
      }),
    );
    symlinkSync(NODE_MODULES, join(this.repository, "node_modules"));
    this.recipient = this.newIdentity(this.identity);
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(join(this.repository, path)), { recursive: true });
    writeFileSync(join(this.repository, path), content);
  }

  newIdentity(file: string): string {
    const { stderr } = spawnSync("age-keygen", ["-o", file], { encoding: "utf8" });
    return stderr.replace("Public key: ", "").trim();
  }

  wrangler(...args: readonly string[]): string {
    const options = ["--local", "--config", "wrangler.template.jsonc"];
    const { status, stdout, stderr } = spawnSync("node_modules/.bin/wrangler", [...args, ...options], {
      cwd: this.repository,
      encoding: "utf8",
      env: { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "true" },
    });
    if (status !== 0) throw new Error(`${stdout}${stderr}`);
    return stdout;
  }

  fill(): void {
    this.wrangler("d1", "migrations", "apply", "DB");
    this.wrangler("d1", "execute", "DB", "--yes", "--file", "rows.sql");
  }

  query(sql: string): readonly Readonly<Record<string, unknown>>[] {
    return JSON.parse(this.wrangler("d1", "execute", "DB", "--json", "--command", sql))[0].results;
  }

  /** Every value of every table, so that two databases can be compared. */
  contents(): unknown {
    const tables = ["products", "orders", "order_items", "payments", "audit", "d1_migrations"];
    const sql = tables.map((table) => `SELECT * FROM ${table}`).join(";");
    const answers = JSON.parse(this.wrangler("d1", "execute", "DB", "--json", "--command", sql));
    return answers.map(({ results }: { results: unknown }, index: number) => [tables[index], results]);
  }

  /** Starts a script in a process group of its own, to interrupt it. */
  start(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
    return spawn(join(this.repository, "scripts", script), args, {
      cwd: this.repository,
      detached: true,
      env: {
        PATH: process.env.PATH,
        HOME: this.directory,
        TMPDIR: this.temporary,
        BACKUP_TARGET: `file://${this.store}`,
        BACKUP_AGE_RECIPIENT: this.recipient,
        ...env,
      },
    });
  }

  async run(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    return finished(this.start(script, args, env));
  }

  backup(env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    return this.run("backup-d1.sh", ["--local"], env);
  }

  drill(...args: readonly string[]): Promise<Outcome> {
    return this.run("restore-d1.sh", ["--into", "staging-clone", "--local", "--identity", this.identity, ...args]);
  }

  stored(): readonly string[] {
    return readdirSync(this.store, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.store.length + 1))
      .sort();
  }

  report(ending: "json" | "md"): string {
    const directory = join(this.repository, "restore-report");
    const file = readdirSync(directory)
      .filter((name) => name.startsWith("restore-") && name.endsWith(ending))
      .at(-1);
    return readFileSync(join(directory, file ?? ""), "utf8");
  }

  dispose(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

export async function finished(child: ChildProcess): Promise<Outcome> {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (data) => {
      output += data;
    });
  }
  const code = await new Promise<number>((done) => child.on("close", (status) => done(status ?? -1)));
  return { code, output };
}
