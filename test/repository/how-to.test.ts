import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { FREEZE_TAG } from "../../declaration/release-train";

const ROOT = join(__dirname, "../..");
const DIRECTORY = join(ROOT, "docs/how-to");
const CLI = readdirSync(join(ROOT, "operations"))
  .filter((file) => file === "cli.ts" || /-verbs?\.ts$/.test(file))
  .map((file) => readFileSync(join(ROOT, "operations", file), "utf8"))
  .join("\n");
const pages = readdirSync(DIRECTORY).map((file) => ({ file, text: readFileSync(join(DIRECTORY, file), "utf8") }));

describe("the how-to guides", () => {
  test.each(pages)("$file links to files that exist", ({ file, text }) => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target = ""]) => target);
    expect(links.filter((target) => !existsSync(join(dirname(join(DIRECTORY, file)), target)))).toEqual([]);
  });

  test.each(pages)("$file names verbs that there are", ({ text }) => {
    const verbs = [...text.matchAll(/npx gatehouse ([a-z-]+)/g)].map(([, verb = ""]) => verb);
    expect(verbs.filter((verb) => !CLI.includes(`command("${verb}")`))).toEqual([]);
  });

  test.each(pages)("$file names workflows of this repository, or that services get", ({ text }) => {
    const ofServices = ["release-train.yml", "preview-image.yml", "preview.yml", "main-is-green.yml", "release.yml"];
    const named = [...text.matchAll(/[\w-]+\.yml/g)].map(([name]) => name);
    const unknown = named.filter(
      (name) => !ofServices.includes(name) && !existsSync(join(ROOT, ".github/workflows", name)),
    );
    expect(unknown).toEqual([]);
  });

  test("the tag that freezes a train is the one that the train looks for", () => {
    const { text = "" } = pages.find(({ file }) => file === "freeze-and-unfreeze.md") ?? {};
    const tags = [...text.matchAll(/frozen\/[\w-]+/g)].map(([tag]) => tag);
    expect(new Set(tags)).toEqual(new Set([FREEZE_TAG]));
  });
});
