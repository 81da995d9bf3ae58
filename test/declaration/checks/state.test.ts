import { minimalRefusals } from "../fixture";

describe("every stack has a state of its own", () => {
  test("a name that PostgreSQL would cut is refused where states lie in its schemas", () => {
    expect(
      minimalRefusals({ name: "a-service-with-quite-a-long-name-indeed" }, { organization: { state: { kind: "pg" } } }),
    ).toEqual([]);
  });

  test("a long name is fine with any other backend", () => {
    expect(
      minimalRefusals(
        { name: "a-service-with-quite-a-long-name-indeed" },
        { organization: { state: { kind: "s3", bucket: "states", region: "auto" } } },
      ),
    ).toEqual([]);
  });

  test("a shorter prefix makes room for the name", () => {
    expect(
      minimalRefusals(
        { name: "a-service-with-quite-a-long-name-indeed" },
        { organization: { state: { kind: "pg", schemaPrefix: "gh" } } },
      ),
    ).toEqual([]);
  });
});
