import { ORGANIZATION_STACK, repositoryStackName, stackNames, stageStackName } from "../../declaration/stack-names";
import { openclawPos } from "../../services/openclaw-pos";

test("a service has a stack for its repository and one for each stage", () => {
  expect(stackNames(openclawPos)).toEqual({
    repository: "openclaw-pos-repository",
    staging: "openclaw-pos-staging",
    production: "openclaw-pos-production",
  });
});

test("names of stacks are addresses of state and never change", () => {
  expect(ORGANIZATION_STACK).toBe("organization");
  expect(repositoryStackName("pos")).toBe("pos-repository");
  expect(stageStackName("pos", "production")).toBe("pos-production");
});
