import type { Service } from "../../../declaration/service";
import { relay } from "../../../services/relay";
import { DATABASE_URL, ReleaseBench } from "./release-bench";

describe("migrate.sh", () => {
  let bench: ReleaseBench;

  beforeEach(async () => {
    bench = new ReleaseBench(relay as Service);
    await bench.start();
    bench.write("source/migrations/0002_second.sql", "SELECT 1;\n");
  });
  afterEach(() => bench.dispose());

  const migrate = (env: Record<string, string> = {}) => bench.run("migrate.sh", env);

  test("runs the declared command in the working copy, and keeps what it says", async () => {
    const { code, output } = await migrate();
    expect(code).toBe(0);
    expect(output).toContain("✓ migrations applied");
    expect(bench.read("fake/calls")).toBe("npm run migrate\n");
    expect(bench.read("fake/applied")).toBe("0002_second\n");
    expect(bench.read("evidence/migrations.txt")).toContain("connecting to [the database URL]");
  });

  test("shows neither the URL nor the password, however it is written, and gives the runner no commands", async () => {
    const { output } = await migrate();
    for (const text of [output, bench.read("evidence/migrations.txt")]) {
      expect(text).not.toContain(DATABASE_URL);
      expect(text).not.toContain("p@ss-word");
      expect(text).toContain("as relay with ***");
      expect(text).not.toMatch(/^::error::said by a migration/m);
    }
  });

  test("fails when the command fails, although its output is piped", async () => {
    bench.write("fake/fail-migrations", "");
    const { code, output } = await migrate();
    expect(code).toBe(1);
    expect(output).toContain(
      "::error::the migrations failed; what they applied before stays, and the code is rolled back",
    );
    expect(bench.read("evidence/migrations.txt")).toContain("connecting to");
  });

  test("an empty URL is refused", async () => {
    const { code, output } = await migrate({ DATABASE_URL: "" });
    expect(code).not.toBe(0);
    expect(output).toContain("set it to the URL of the database; the secret is empty in this environment");
    expect(bench.read("fake/calls")).toBe("");
  });
});
