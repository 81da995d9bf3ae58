import { readFileSync } from "node:fs";
import Ajv, { type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";

/* Of the whole description (13 MB), what is read here. */
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<
    Record<"schemas" | "responses" | "examples" | "parameters", Readonly<Record<string, unknown>>>
  >;
}

interface Operation {
  readonly parameters?: readonly { readonly $ref?: string; readonly name?: string; readonly in?: string }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly $ref?: string; readonly content?: Content }>>;
}

type Content = Readonly<
  Record<
    string,
    { readonly schema?: unknown; readonly examples?: Readonly<Record<string, { readonly $ref?: string }>> }
  >
>;

const JSON_TYPE = "application/json";

/** GitHub's own OpenAPI description: what its API takes and answers. Only what is asked for is compiled. */
export class GithubContract {
  private static shared: GithubContract | undefined;
  private readonly ajv = addFormats(
    new Ajv({ strict: false, allErrors: true, validateSchema: false, formats: { "repo.nwo": true } }),
  );
  private readonly compiled = new Map<string, ValidateFunction>();

  private constructor(private readonly description: Description) {
    this.ajv.addSchema({ components: { schemas: jsonSchema(description.components.schemas) } }, "github");
  }

  /** Read once a process: it is large. */
  static get(): GithubContract {
    const file = require.resolve("@octokit/openapi/generated/api.github.com.json");
    GithubContract.shared ??= new GithubContract(JSON.parse(readFileSync(file, "utf8")) as Description);
    return GithubContract.shared;
  }

  /** GitHub's own example of an answer, to be filled in. */
  example(method: string, path: string, status: number): unknown {
    const example = Object.values(this.response(method, path, status)?.examples ?? {})[0];
    const named = example?.$ref === undefined ? example : this.description.components.examples[nameOf(example.$ref)];
    return (named as { readonly value?: unknown } | undefined)?.value;
  }

  /** What is wrong with a request, as GitHub describes it. */
  requestProblems(method: string, path: string, query: URLSearchParams, body: unknown): readonly string[] {
    const operation = this.operation(method, path);
    const known = (operation.parameters ?? []).map((parameter) =>
      parameter.$ref === undefined
        ? parameter
        : (this.description.components.parameters[nameOf(parameter.$ref)] as typeof parameter),
    );
    const queries = known.filter((parameter) => parameter.in === "query").map(({ name }) => name);
    const unknown = [...query.keys()].filter((key) => !queries.includes(key));
    const schema = operation.requestBody?.content[JSON_TYPE]?.schema;
    const wrong =
      schema === undefined
        ? body === undefined
          ? []
          : ["a body, where none is described"]
        : this.wrong(`request ${method} ${path}`, schema, body);
    return [...unknown.map((key) => `the query ${key} is not described`), ...wrong];
  }

  /** What is wrong with an answer, as GitHub describes it. */
  answerProblems(method: string, path: string, status: number, body: unknown): readonly string[] {
    if (this.operation(method, path).responses[status] === undefined) return [`no answer ${status} is described`];
    const schema = this.response(method, path, status)?.schema;
    if (schema === undefined) return body === undefined ? [] : ["a body, where none is described"];
    return this.wrong(`answer ${method} ${path} ${status}`, schema, body);
  }

  private operation(method: string, path: string): Operation {
    const operation = this.description.paths[path]?.[method.toLowerCase()];
    if (operation === undefined) throw new Error(`GitHub describes no ${method} ${path}`);
    return operation;
  }

  private response(method: string, path: string, status: number) {
    const response = this.operation(method, path).responses[status];
    const named =
      response?.$ref === undefined
        ? response
        : (this.description.components.responses[nameOf(response.$ref)] as typeof response);
    return named?.content?.[JSON_TYPE];
  }

  private wrong(key: string, schema: unknown, value: unknown): readonly string[] {
    const validate = this.compiled.get(key) ?? this.ajv.compile(within(schema));
    this.compiled.set(key, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || "/"} ${message}`);
  }
}

function nameOf(reference: string): string {
  return reference.split("/").at(-1) ?? "";
}

/** A part of the description, with references into the whole. */
function within(schema: unknown): object {
  return JSON.parse(JSON.stringify(jsonSchema(schema)).replaceAll('"$ref":"#/', '"$ref":"github#/')) as object;
}

/** JSON Schema has no `nullable`, which OpenAPI 3.0 writes beside anything. */
function jsonSchema(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(jsonSchema);
  if (typeof part !== "object" || part === null) return part;
  const { nullable, ...others } = part as Readonly<Record<string, unknown>>;
  const plain = Object.fromEntries(Object.entries(others).map(([key, value]) => [key, jsonSchema(value)]));
  if (nullable === true) return { anyOf: [plain, { type: "null" }] };
  return nullable === undefined ? plain : { ...plain, nullable: jsonSchema(nullable) };
}
