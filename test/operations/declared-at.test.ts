import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Declarations } from "../../operations/declared-at";

const ROOT = join(__dirname, "../..");

function lineAt(service: string | undefined, address: string, stage?: string): string | undefined {
  const name = `${service}-stack`;
  const place = new Declarations(ROOT).of({ name, kind: "stack", service, stage }, address);
  if (place === undefined) return undefined;
  return readFileSync(join(ROOT, place.file), "utf8").split("\n")[(place.line ?? 0) - 1]?.trim();
}

describe("where something is declared", () => {
  test("is the line of what it follows from", () => {
    expect(lineAt("openclaw-pos", "github_repository_ruleset.protected-main")).toBe("main: {");
    expect(lineAt("openclaw-pos", "github_repository_environment.it", "production")).toBe("production: {");
  });

  test("of an object of a release is its stage in its cluster", () => {
    const document = { name: "charts/service for prod", kind: "file", service: "summit", stage: "prod" } as const;
    const place = new Declarations(ROOT).of(document, "Rollout/summit");
    const lines = readFileSync(join(ROOT, "services/summit.ts"), "utf8").split("\n").slice(0, place?.line);
    expect(lines.at(-1)?.trim()).toBe("prod: {");
    expect(lines.findLast((line) => /^ {2}\S/.test(line))?.trim()).toBe("cluster: {");
  });

  test("is the declaration as a whole, where no more is known", () => {
    expect(lineAt("openclaw-pos", "")).toContain("export const openclawPos");
    expect(lineAt(undefined, "github_team.x")).toContain("export const organization");
  });

  test("is not known of what is nobody's, or declared in no file of that name", () => {
    const declarations = new Declarations(ROOT);
    expect(declarations.of({ name: "plan.json", kind: "given" }, "a.b")).toBeUndefined();
    expect(declarations.of({ name: "x", kind: "stack", service: "nobody" }, "a.b")).toBeUndefined();
  });
});
