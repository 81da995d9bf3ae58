import { generatedBy } from "../generated-by";
import type { RenderedFile } from "../rendered-file";
import { CHANGE_RULES } from "./change-rules";
import type { GatedMigrations } from "./gated-migrations";
import { MIGRATIONS_TOOL } from "./names";
import { STATEMENT_RULES } from "./statement-rules";

/**
 * `.github/tools/migrations.py`: the rules of the gate. In Python, for there pglast gives the syntax tree of PostgreSQL's own parser (libpg_query);
 * what reads SQL by patterns is fooled by a comment, a quoted name or a line break.
 */
export function migrationsTool({ name, job }: GatedMigrations): RenderedFile {
  const constants = {
    DIRECTORY: job.directory,
    UP: job.up,
    DOWN: job.down,
    PLAN: job.plan,
    ROLLBACK: job.rollback,
  };
  const head = [
    ...[
      ...generatedBy(name),
      "",
      "Reads what a change does to the migrations; scripts/check-migrations.sh calls it.",
    ].map((line) => `# ${line}`.trimEnd()),
    "import json",
    "import pathlib",
    "import re",
    "import subprocess",
    "import sys",
    "",
    "from pglast import ast, parser, visitors",
    "",
    // JSON's texts are Python's: what the declaration takes for paths has no character that would need an escape.
    ...Object.entries(constants).map(([key, value]) => `${key} = ${JSON.stringify(value)}`),
  ].join("\n");
  return {
    path: MIGRATIONS_TOOL,
    content: `${[head, STATEMENT_RULES.trim(), CHANGE_RULES.trim()].join("\n\n\n")}\n`,
    executable: false,
  };
}
