import { minimalRefusals } from "../fixture";

describe("every stack has a state of its own", () => {
  test("a name that PostgreSQL would cut is refused where states lie in its schemas", () => {
    expect(
      minimalRefusals(
        {
          name: "a-service-with-quite-a-long-name-indeed",
          "stages.pre-production": { reviewers: [], preventSelfReview: false, waitMinutes: 0, branches: ["main"] },
        },
        { organization: { state: { kind: "pg" } } },
      ),
    ).toEqual([
      {
        path: "stages.pre-production",
        came: '"gatehouse_a_service_with_quite_a_long_name_indeed_pre_production", a schema of 64 characters, for the state of the stack "a-service-with-quite-a-long-name-indeed-pre-production"',
        expected: "at most 63 characters: PostgreSQL cuts longer names, and two stacks could share one state",
        remedy: "shorten the name of the service or of the stage, or state.schemaPrefix in services/organization.ts",
        source: "https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS",
      },
    ]);
  });

  test("a long name is fine with any other backend", () => {
    expect(
      minimalRefusals(
        {
          name: "a-service-with-quite-a-long-name-indeed",
          "stages.pre-production": { reviewers: [], preventSelfReview: false, waitMinutes: 0, branches: ["main"] },
        },
        { organization: { state: { kind: "s3", bucket: "states", region: "auto" } } },
      ),
    ).toEqual([]);
  });

  test("a shorter prefix makes room for the name", () => {
    expect(
      minimalRefusals(
        {
          name: "a-service-with-quite-a-long-name-indeed",
          "stages.pre-production": { reviewers: [], preventSelfReview: false, waitMinutes: 0, branches: ["main"] },
        },
        { organization: { state: { kind: "pg", schemaPrefix: "gh" } } },
      ),
    ).toEqual([]);
  });
});
