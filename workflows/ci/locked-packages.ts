import { ACTIONS } from "../actions";
import { generatedBy } from "../generated-by";
import type { RenderedFile } from "../rendered-file";
import { TOOLS } from "../tool-versions";
import type { WorkflowStep } from "../workflow";

/** A package of PyPI at one version. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the wheel for CPython 3.13 on Linux x86-64, or of the one for every platform. */
  readonly sha256: string;
}

/** A lock file as pip reads it. */
export function packagesLock(service: string, path: string, packages: readonly LockedPackage[]): RenderedFile {
  const header = generatedBy(service).map((line) => `# ${line}`);
  const locked = packages.map(({ name, version, sha256 }) => `${name}==${version} \\\n    --hash=sha256:${sha256}`);
  return { path, content: `${[...header, ...locked].join("\n")}\n`, executable: false };
}

/** Steps that install what a lock file names, and nothing that is not in it. */
export function installPackages(what: string, lockFile: string): readonly WorkflowStep[] {
  return [
    { name: "Set up Python", uses: ACTIONS.setupPython, with: { "python-version": TOOLS.python } },
    {
      name: `Install ${what} of the lock file`,
      run: `python -m pip install --disable-pip-version-check --no-deps --only-binary=:all: --require-hashes -r ${lockFile}`,
    },
  ];
}
