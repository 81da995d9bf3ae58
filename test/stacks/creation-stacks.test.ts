import { App, Lazy, TerraformOutput, TerraformStack } from "cdktf";
import { withoutCreationStacks } from "../../stacks/creation-stacks";

/** As it is without an own one: then it is no property of Error, or one of Jest's. */
const format = Error.prepareStackTrace;

function failing(): never {
  throw new RangeError("it can't be built");
}

test("what is built is what comes back", () => {
  const json = withoutCreationStacks(() => {
    const stack = new TerraformStack(new App({ skipValidation: true }), "one");
    new TerraformOutput(stack, "answer", { value: Lazy.numberValue({ produce: () => 42 }) });
    return stack.toTerraform() as { output: unknown };
  });
  expect(json.output).toEqual({ answer: { value: 42 } });
});

test("cdktf notes no place of creation", () => {
  const lazy = withoutCreationStacks(() => Lazy.anyValue({ produce: () => 1 }));
  expect(lazy.creationStack).toEqual([]);
});

test("an error that is thrown meanwhile says where, and the format of stacks is as before", () => {
  let thrown: unknown;
  try {
    withoutCreationStacks(failing);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(RangeError);
  expect((thrown as Error).stack).toMatch(
    /^RangeError: it can't be built\n {4}at failing \(.*creation-stacks\.test\.ts:\d+/,
  );
  expect(Error.prepareStackTrace).toBe(format);
});

test("nested, the format comes back too", () => {
  withoutCreationStacks(() => withoutCreationStacks(() => undefined));
  expect(Error.prepareStackTrace).toBe(format);
});
