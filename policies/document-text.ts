import { parseAllDocuments, YAMLParseError } from "yaml";

/** A text that is no document to judge, and why. */
export class UnreadableDocument extends Error {
  override readonly name = "UnreadableDocument";
}

/** JSON format of plans: another major version may mean something else by the same names (https://developer.hashicorp.com/terraform/internals/json-format). */
const PLAN_FORMAT = /^1\.\d+$/;

const AS_JSON = "give what `terraform show -json <plan>` prints of a saved plan";

/**
 * The documents of a text, as `conftest` reads them: JSON, or YAML 1.1, where several stand below one another and an unquoted `on` is a boolean, so
 * that the triggers of a workflow are found at `true`.
 * @param path says by its ending what the text is; what ends otherwise is JSON if it begins like it
 * @throws UnreadableDocument
 */
export function documentsOfText(path: string, text: string): readonly string[] {
  return objectsOf(path, text).map((object) => JSON.stringify(object));
}

/**
 * The plan that a text is, as `terraform show -json` prints it.
 * @throws UnreadableDocument also when it is another document
 */
export function planOfText(text: string): string {
  const [plan] = objectsOf("plan.json", text);
  if (plan?.format_version === undefined) throw new UnreadableDocument(`it is no plan; ${AS_JSON}`);
  return JSON.stringify(plan);
}

function objectsOf(path: string, text: string): readonly Readonly<Record<string, unknown>>[] {
  if (text.trim() === "") throw new UnreadableDocument("it is empty");
  // A zip archive, which is how Terraform keeps plans.
  if (text.startsWith("PK\u0003\u0004")) throw new UnreadableDocument(`it is a plan as Terraform keeps it; ${AS_JSON}`);
  const isJson = /\.json$/.test(path) || (!/\.ya?ml$/.test(path) && /^\s*[{[]/.test(text));
  const values = isJson ? [json(text)] : yaml(text);
  if (values.length === 0) throw new UnreadableDocument("it holds no document, only comments");
  return values.map((value) => {
    if (typeof value !== "object" || value === null)
      throw new UnreadableDocument(`it is ${JSON.stringify(value)?.slice(0, 60)}; expected an object`);
    const object = value as Readonly<Record<string, unknown>>;
    refusePlan(object);
    return object;
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (/^\s*\{"@level":/.test(text))
      throw new UnreadableDocument(`it is what \`terraform plan -json\` says while it plans; ${AS_JSON}`);
    const why = (error as SyntaxError).message;
    // Node 20 says it without the place, later versions with it.
    if (/end of JSON input|Unterminated|Expected .* after/.test(why) && !/[}\]]\s*$/.test(text))
      throw new UnreadableDocument("it ends in the middle: make it again, and see that it was written whole");
    throw new UnreadableDocument(`it is no JSON: ${why}`);
  }
}

function yaml(text: string): readonly unknown[] {
  try {
    return parseAllDocuments(text, { version: "1.1", uniqueKeys: true }).flatMap((document) => {
      const [problem] = document.errors;
      if (problem !== undefined) throw problem;
      const value: unknown = document.toJS();
      return value === null ? [] : [value];
    });
  } catch (error) {
    if (!(error instanceof YAMLParseError || error instanceof ReferenceError)) throw error;
    throw new UnreadableDocument(`it is no YAML: ${error.message.split("\n")[0]}`);
  }
}

function refusePlan(document: Readonly<Record<string, unknown>>): void {
  const { format_version: format, terraform_version: version, errored } = document;
  if (version === undefined && format === undefined) return;
  if (typeof format !== "string" || !PLAN_FORMAT.test(format))
    throw new UnreadableDocument(
      `it is of Terraform ${String(version)}, in the format ${JSON.stringify(format) ?? "of before 0.12"}; expected format 1.x, of Terraform 1.11 or newer or OpenTofu 1.10 or newer`,
    );
  if (document.resource_changes === undefined && document.planned_values === undefined)
    throw new UnreadableDocument(`it is a state, not a plan; ${AS_JSON}`);
  if (errored === true)
    throw new UnreadableDocument(
      "Terraform could not finish this plan (errored), so that it does not show all changes",
    );
}
