import { type Node, Scalar } from "yaml";
import { map, text } from "../yaml-nodes";

/**
 * A field of an issue form; one without id is text that people read.
 * https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
 */
export function field(
  type: string,
  id: string | undefined,
  attributes: Readonly<Record<string, Node>>,
  required = id !== undefined,
): Node {
  return map({
    type: text(type),
    id: id === undefined ? undefined : text(id),
    attributes: map(attributes),
    validations: id === undefined ? undefined : map({ required: new Scalar(required) }),
  });
}
