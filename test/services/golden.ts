import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** Set it to write the golden files anew instead of comparing with them; read the difference in review like code. */
const UPDATE = process.env.UPDATE_GOLDEN === "1";

const HOW = "UPDATE_GOLDEN=1 npx jest test/services test/scaffold";

export interface GoldenFile {
  /** Below the golden directory. */
  readonly path: string;
  readonly content: string;
}

/** Compares files with those of a golden directory, none missing and none left over. */
export function expectGolden(directory: string, files: readonly GoldenFile[]): void {
  if (UPDATE) write(directory, files);
  const paths = files.map(({ path }) => path).toSorted();
  expect({ files: listed(directory), "if this is meant": HOW }).toEqual({ files: paths, "if this is meant": HOW });
}

/** Compares one file with its golden copy. */
export function expectGoldenFile(directory: string, { path, content }: GoldenFile): void {
  if (UPDATE) writeOne(directory, { path, content });
  const golden = readFileSync(join(directory, path), "utf8");
  if (golden === content) return;
  // Line by line, so that Jest shows the lines that differ.
  const told = { file: path, "if this is meant": HOW };
  expect({ ...told, lines: content.split("\n") }).toEqual({ ...told, lines: golden.split("\n") });
}

function write(directory: string, files: readonly GoldenFile[]): void {
  rmSync(directory, { recursive: true, force: true });
  for (const file of files) writeOne(directory, file);
}

function writeOne(directory: string, { path, content }: GoldenFile): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), content);
}

function listed(directory: string): readonly string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .toSorted();
}
