import { byImportOrder } from "../../scaffold/import-order";
import { formatted } from "./formatted";

const PATHS = [
  "a",
  "a2",
  "a10",
  "a02",
  "a-b",
  "a-2",
  "a-10",
  "a-b-c",
  "ab",
  "ab-c",
  "a2b",
  "a2-b",
  "a10b",
  "b",
  "organization",
  "relay",
  "z9-1",
].flatMap((name) => [`./${name}`, `./${name}.sealed.json`, `./${name}.stateful.json`]);

describe("imports stand in the order that the formatter gives them", () => {
  it("for names with numbers, dashes and common beginnings", () => {
    const lines = PATHS.map((path, index) => `import { v${index} } from "${path}";`);
    const used = `export const all = [${PATHS.map((_, index) => `v${index}`).join(", ")}];`;
    const ordered = formatted(`${lines.join("\n")}\n\n${used}\n`);
    const paths = [...ordered.matchAll(/from "(.+)";/g)].map(([, path = ""]) => path);
    expect(PATHS.toSorted(byImportOrder)).toEqual(paths);
  });
});
