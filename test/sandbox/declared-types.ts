import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A property of a configuration interface, under the name that Terraform knows it by. */
export interface DeclaredProperty {
  readonly optional: boolean;
  readonly type: string;
}

/** What a binding's `.d.ts` files declare: a second witness beside the sources that schemas are derived from. */
export class DeclaredTypes {
  private readonly text: string;
  private readonly bodies = new Map<string, string>();

  public constructor(folder: string) {
    this.text = readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".d.ts"))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
      .join("\n");
    for (const [body, head] of this.text.matchAll(/^export (?:declare )?((?:interface|class) \w+) [\s\S]*?\n\}/gm)) {
      this.bodies.set(head as string, body);
    }
  }

  /** The name of the interface that a type is configured with. */
  public configuration(): string {
    return /interface (\w+Config) extends cdktf\.TerraformMetaArguments/.exec(this.text)?.[1] ?? "";
  }

  /** An interface's properties. Terraform's names are in the links to the documentation. */
  public properties(name: string): ReadonlyMap<string, DeclaredProperty> {
    const body = this.body(`interface ${name}`);
    const pattern = /#(\w+) \w+#\w+\}(?:(?!\*\/)[\s\S])*\*\/\s*readonly (\w+)(\?)?: ((?:\{[^}]*\}|[^;{])*);/g;
    return new Map(
      [...body.matchAll(pattern)].map(([, attribute, , optional, type]) => [
        attribute as string,
        { optional: optional === "?", type: (type as string).replace(/\s+/g, " ").trim() },
      ]),
    );
  }

  /** A class's accessors, without those that repeat an input. */
  public accessors(name: string): ReadonlySet<string> {
    const all = [...this.body(`class ${name}`).matchAll(/^ {4}get (\w+)\(\)/gm)].map(
      ([, accessor]) => accessor as string,
    );
    const own = all.filter((each) => each !== "internalValue");
    return new Set(own.filter((each) => !(each.endsWith("Input") && own.includes(each.slice(0, -"Input".length)))));
  }

  public className(): string {
    return /class (\w+) extends cdktf\.Terraform(?:Resource|DataSource)/.exec(this.text)?.[1] ?? "";
  }

  private body(head: string): string {
    return this.bodies.get(head) ?? "";
  }
}
