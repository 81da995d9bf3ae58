import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../../operations/policy-rules";
import { RecordingConsole } from "./recording-console";

const DOCUMENT = "docs/reference/policies.md";

async function printed(format: "text" | "json" | "markdown"): Promise<string> {
  const console = new RecordingConsole();
  await expect(rules({ format }, console)).resolves.toBe(0);
  return console.text;
}

describe("gatehouse policy rules", () => {
  test(`${DOCUMENT} is what the rules say: npx gatehouse policy rules --markdown > ${DOCUMENT}`, async () => {
    const kept = readFileSync(join(__dirname, "../..", DOCUMENT), "utf8");
    expect(kept).toBe(`${await printed("markdown")}\n`);
  });

  test("says of each rule of others which of ours answer it", async () => {
    const text = await printed("markdown");
    expect(text).toContain("| OpenSSF Scorecard | Answered by |");
    expect(text).toContain("| CIS GitHub v1.2.0 | Answered by |");
    expect(text).toMatch(/^\| `Token-Permissions` \| .*`workflows\/permissions-declared`/m);
    expect(text).toMatch(/^\| `5\.2\.2` \| .*`kubernetes\/no-privileged-containers` \|$/m);
  });

  test("says of what no rule answers why, below a heading of its own", async () => {
    const [, unanswered = ""] = (await printed("markdown")).split("\n## What no rule answers\n");
    expect(unanswered).toContain("\n### OpenSSF Scorecard\n\n13 of 20, of version [5.5.0](");
    expect(unanswered).toMatch(/^\| `5\.4\.1` \| prefers secrets as files/m);
    expect(unanswered).toMatch(/^\| `impostor-commit` \| asks GitHub what a commit is/m);
    expect(unanswered).toMatch(/^\| `ALI`, `AWS`, .* \| clouds that nothing is declared in/m);
    expect(unanswered).not.toContain("`Webhooks`");
  });

  test("names each once, with its level and what it answers", async () => {
    const { rules: all } = JSON.parse(await printed("json"));
    const names = all.map(({ name }: { name: string }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(all).toContainEqual(
      expect.objectContaining({ name: "workflows/actions-pinned", level: "blocking", external: expect.any(Array) }),
    );
    expect(await printed("text")).toContain("workflows/actions-pinned");
  });
});
