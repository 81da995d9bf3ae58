import { typesInUse } from "../../sandbox/types-in-use";

describe("the types in use", () => {
  test("are those of all stacks, resources and data apart", () => {
    const stacks = [
      { resource: { github_repository: {}, github_team: {} } },
      { data: { github_team: {} }, resource: { github_repository: {} } },
      {},
    ];
    expect([...typesInUse(stacks)].sort()).toEqual([
      "data:github_team",
      "resource:github_repository",
      "resource:github_team",
    ]);
  });
});
