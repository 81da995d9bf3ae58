import { runPropsOf } from "../../stacks/run-props";

test.each([
  ["without CI", {}, false],
  ["with CI empty", { CI: "" }, false],
  ["with CI false", { CI: "False" }, false],
  ["with CI 0", { CI: "0" }, false],
  ["with CI true", { CI: "true" }, true],
  ["with CI 1", { CI: "1" }, true],
  ["with CI the name of a service", { CI: "woodpecker" }, true],
])("a run %s is on a machine that is thrown away: %j → %s", (_how, environment, ephemeral) => {
  expect(runPropsOf(environment).ephemeral).toBe(ephemeral);
});

test("the directory of states comes from the environment, and nothing is no directory", () => {
  expect(runPropsOf({ GATEHOUSE_STATE_DIRECTORY: "/states" }).localStateDirectory).toBe("/states");
  expect(runPropsOf({ GATEHOUSE_STATE_DIRECTORY: "" }).localStateDirectory).toBeUndefined();
  expect(runPropsOf({}).localStateDirectory).toBeUndefined();
});
