import { show } from "../problem";
import { stackNames } from "../stack-names";
import { stateSchema } from "../state-backend";
import type { CheckContext } from "./context";

/** PostgreSQL cuts longer names, and two stacks would share one state. */
const LONGEST_SCHEMA = 63;

/** Every stack has a state of its own under the backend's rules for names. */
export function stateProblems({ organization, service, report }: CheckContext): void {
  const { state } = organization;
  if (state.kind !== "pg") return;
  for (const [key, stack] of Object.entries(stackNames(service))) {
    const schema = stateSchema(state, stack);
    if (schema.length <= LONGEST_SCHEMA) continue;
    report(key === "repository" ? ["name"] : ["stages", key], {
      came: `${show(schema)}, a schema of ${schema.length} characters, for the state of the stack "${stack}"`,
      expected: `at most ${LONGEST_SCHEMA} characters: PostgreSQL cuts longer names, and two stacks could share one state`,
      remedy: "shorten the name of the service or of the stage, or state.schemaPrefix in services/organization.ts",
      source: "https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS",
    });
  }
}
