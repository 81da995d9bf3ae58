import { join } from "node:path";
import type { Service } from "../../../declaration/service";
import { relay } from "../../../services/relay";
import { describeWithPostgres, POSTGRES_BIN, PostgresServer } from "../../support/postgres";
import { ReleaseBench } from "./release-bench";

const PASSWORD = `p@ss:w/o?r#d 100%'"\\日本`;

interface Report {
  readonly checks: readonly { readonly name: string; readonly result: string; readonly came: string }[];
}

describeWithPostgres(["curl", "jq"], "the migration version that smoke-test.sh finds in a real database", () => {
  let server: PostgresServer;
  let bench: ReleaseBench;

  beforeAll(async () => {
    server = await PostgresServer.start(PASSWORD);
    server.sql("postgres", "CREATE DATABASE relay;");
    server.sql("relay", "CREATE TABLE schema_migrations (version bigint PRIMARY KEY);");
  });
  afterAll(() => server.stop());

  beforeEach(async () => {
    bench = new ReleaseBench(relay as Service);
    await bench.start();
    bench.relay.commit = bench.commit("0010_tenth.sql");
    bench.commit("0009_ninth.sql");
    bench.write("bin/psql", `#!/bin/sh\nexec ${join(POSTGRES_BIN ?? "", "psql")} "$@"\n`, true);
  });
  afterEach(() => bench.dispose());

  const smoke = async (url = server.url("relay")) => {
    const { output } = await bench.run("smoke-test.sh", { DATABASE_URL: url });
    const found = bench.json<Report>("evidence/smoke.json").checks.find(({ name }) => name === "migration");
    return { ...found, output };
  };

  test("is right when the newest migration of the repository is the newest that was applied", async () => {
    server.sql("relay", "TRUNCATE schema_migrations; INSERT INTO schema_migrations VALUES (9), (10);");
    expect(await smoke()).toMatchObject({ result: "PASS", came: "10" });
  });

  test("is wrong when it is behind", async () => {
    server.sql("relay", "TRUNCATE schema_migrations; INSERT INTO schema_migrations VALUES (9);");
    expect(await smoke()).toMatchObject({ result: "FAIL", came: "9" });
  });

  test("is unknown, and so wrong, when the password is, and the password is not shown", async () => {
    const { result, came, output } = await smoke(server.url("relay", "owner", "another-password"));
    expect(result).toBe("FAIL");
    expect(came).toContain("no answer of the database: psql: error: connection to server");
    expect(output).not.toContain("another-password");
  });

  test("is unknown, and so wrong, when there is no such table", async () => {
    expect(await smoke(server.url("postgres"))).toMatchObject({
      result: "FAIL",
      came: expect.stringContaining('relation "schema_migrations" does not exist'),
    });
  });
});
