import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { SealedSecrets } from "../../declaration/sealed";
import { organization } from "../../services/organization";
import { CloudflareStandIn } from "../support/cloudflare-stand-in";
import { EnvironmentKey } from "../support/github/environment-key";
import { GithubStandIn } from "../support/github/github-stand-in";
import { NewProject } from "./new-project";

const GATEHOUSE = resolve(__dirname, "../../operations/gatehouse.js");

test("npx gatehouse rotate, as the README has it, leaves the new token nowhere but in the box (MAE-4, POS-9)", async () => {
  const readme = readFileSync(resolve(__dirname, "../../README.md"), "utf8");
  expect(readme).toContain("npx gatehouse rotate openclaw-pos production CLOUDFLARE_API_TOKEN\n");
  const github = await GithubStandIn.start();
  const cloudflare = await CloudflareStandIn.start(Date.now, organization.cloudflare?.accountId);
  const production = await EnvironmentKey.of("7");
  production.giveTo(github.repository("openclaw/openclaw-pos"), "production");
  const project = new NewProject();
  const left = mkdtempSync(join(tmpdir(), "gatehouse-left-"));
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [GATEHOUSE, "rotate", "openclaw-pos", "production", "CLOUDFLARE_API_TOKEN"],
      {
        cwd: project.root,
        env: { ...github.environment, ...cloudflare.environment, PATH: process.env.PATH, HOME: left, TMPDIR: left },
      },
    );
    const [token] = cloudflare.named("gatehouse openclaw-pos production CLOUDFLARE_API_TOKEN");
    const text = project.read("services/openclaw-pos.sealed.json");
    const { production: sealed } = JSON.parse(text) as SealedSecrets;
    expect(stdout).toContain("another token is made, checked, and sealed in services/openclaw-pos.sealed.json");
    expect(sealed?.CLOUDFLARE_API_TOKEN?.tokenId).toBe(token?.id);
    expect(production.open(sealed?.CLOUDFLARE_API_TOKEN?.ciphertext ?? "")).toBe(token?.value);
    const files = readdirSync(left, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
    const values = [token?.value ?? "", cloudflare.administrator];
    const told = [stdout, stderr, text, ...files].filter((one) => values.some((value) => one.includes(value)));
    expect(told).toEqual([]);
    expect(github.problems).toEqual([]);
  } finally {
    await Promise.all([github.close(), cloudflare.close()]);
    project.remove();
    rmSync(left, { recursive: true });
  }
}, 240_000);
