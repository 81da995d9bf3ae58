import type { Job } from "../../declaration/ci";
import { ACTIONS } from "../actions";
import { generatedBy } from "../generated-by";
import { SBOM_ARTIFACT, SBOM_FILE } from "../library/package-workflow";
import type { RenderedFile } from "../rendered-file";
import type { WorkflowJob } from "../workflow";
import { checkOut } from "./check-out";
import { jobBase } from "./job-base";
import { installPackages, type LockedPackage, packagesLock } from "./locked-packages";

export type LicensesJob = Extract<Job, { readonly kind: "licenses" }>;

const TOOL = ".github/tools/licenses.py";
const LOCK = ".github/tools/licenses-requirements.txt";

/** The parser of SPDX expressions that ScanCode uses; how hashes are found is said beside the linters'. */
const PACKAGES: readonly LockedPackage[] = [
  {
    name: "boolean.py",
    version: "5.0",
    sha256: "ef28a70bd43115208441b53a045d1549e2f0ec6e3d08a9d142cbc41c1938e8d9",
  },
  {
    name: "license-expression",
    version: "30.4.4",
    sha256: "421788fdcadb41f049d2dc934ce666626265aeccefddd25e162a26f23bcbf8a4",
  },
];

const MAIN = String.raw`
def shown(text, most=200):
    """Text of somebody else's as one line that no terminal and no runner takes for a command."""
    return json.dumps(text[:most]).replace("#", "\\u0023")


def fail(message):
    print(f"✗ {message}", file=sys.stderr)
    sys.exit(2)


def read(path):
    try:
        with open(path, "rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        fail(f"{path} can't be read ({error.strerror}); give it the SBOM that the job of kind package keeps")
    if len(content) > MOST_BYTES:
        fail(f"{path} has more than {MOST_BYTES} bytes; no SBOM of a service has")
    try:
        sbom = json.loads(content)
    except (ValueError, RecursionError):
        fail(f"{path} is no JSON; expected a CycloneDX SBOM")
    if not isinstance(sbom, dict) or sbom.get("bomFormat") != "CycloneDX" or not isinstance(sbom.get("components"), list):
        fail(f"{path} is no CycloneDX SBOM with components")
    return [part for part in sbom["components"] if isinstance(part, dict) and part.get("type") == "library"]


def name_of(part):
    name, group = part.get("name"), part.get("group")
    if not isinstance(name, str):
        fail("a component of the SBOM has no name")
    return f"{group}/{name}" if isinstance(group, str) and group else name


def license_of(part):
    """What the SBOM says, as one expression. Where it lists several without a word between them, all of them hold."""
    said = []
    listed = part.get("licenses")
    for entry in listed if isinstance(listed, list) else []:
        license = entry.get("license", {}) if isinstance(entry, dict) else None
        if not isinstance(license, dict):
            return "none"
        text = entry.get("expression") or license.get("id") or license.get("name")
        if not isinstance(text, str):
            return "none"
        said.append(text.strip())
    if len(said) > 1:
        return " AND ".join(f"({text})" for text in said)
    return said[0] if said and said[0] else "none"


def parsed(text):
    if len(text) > 1000:
        return None
    try:
        return SPDX.parse(text, validate=True, strict=True)
    except (ExpressionError, ExpressionParseError, RecursionError):
        return None


def holds(expression, allowed):
    if isinstance(expression, SPDX.AND):
        return all(holds(part, allowed) for part in expression.args)
    if isinstance(expression, SPDX.OR):
        return any(holds(part, allowed) for part in expression.args)
    return str(expression) in allowed


if len(sys.argv) != 2:
    fail("name the SBOM: python .github/tools/licenses.py sbom.cdx.json")
SPDX = get_spdx_licensing()
allowed = set()
for text in ALLOW:
    expression = parsed(text)
    if expression is None:
        fail(f"{shown(text)} of the declaration is no license that SPDX lists; correct ci.jobs.{JOB}.allow")
    allowed.add(str(expression))
parts = read(sys.argv[1])
if not parts:
    fail("the SBOM names no dependency: was there a lock file when it was written?")
findings = []
for part in parts:
    name, license = name_of(part), license_of(part)
    if [name, license] in ACCEPTED:
        continue
    expression = parsed(license)
    if expression is None:
        findings.append(f"{shown(name)}: {shown(license)}, which is no license that SPDX lists")
    elif not holds(expression, allowed):
        findings.append(f"{shown(name)}: {shown(license)}, which is not allowed")
findings = sorted(set(findings))
for line in findings[:50]:
    print(f"✗ {line}")
if len(findings) > 50:
    print(f"✗ and {len(findings) - 50} more")
if findings:
    print(f"  Use another package, or, when somebody has looked, add it to ci.jobs.{JOB}.accepted in the declaration with package,")
    print('  license (as shown here, without quotation marks) and because; a license for all of them goes into allow.')
    sys.exit(1)
print(f"✓ {len(parts)} dependencies, all with licenses that are allowed or accepted")
`;

/** Reads the SBOM that a job of the same run has kept. */
export function licensesJob(job: LicensesJob): WorkflowJob {
  return {
    ...jobBase(job),
    permissions: { contents: "read" },
    steps: [
      checkOut(),
      { name: "Fetch the SBOM", uses: ACTIONS.downloadArtifact, with: { name: SBOM_ARTIFACT, path: "sbom" } },
      ...installPackages("the parser of license expressions", LOCK),
      { name: "Check the licenses", run: `python ${TOOL} sbom/${SBOM_FILE}` },
    ],
  };
}

/** The gate's script, with what the declaration allows, and its packages. */
export function licensesFiles(service: string, id: string, job: LicensesJob): readonly RenderedFile[] {
  const constants = {
    JOB: id,
    ALLOW: job.allow,
    ACCEPTED: (job.accepted ?? []).map((entry) => [entry.package, entry.license]),
  };
  const head = [
    ...[...generatedBy(service), "", "Holds the licenses of an SBOM against those that the declaration allows."].map(
      (line) => `# ${line}`.trimEnd(),
    ),
    "import json",
    "import sys",
    "",
    "from license_expression import ExpressionError, ExpressionParseError, get_spdx_licensing",
    "",
    // JSON's texts and lists are Python's.
    ...Object.entries(constants).map(([key, value]) => `${key} = ${JSON.stringify(value)}`),
    "MOST_BYTES = 50_000_000",
  ].join("\n");
  return [
    { path: TOOL, content: `${head}\n\n\n${MAIN.trim()}\n`, executable: false },
    packagesLock(service, LOCK, PACKAGES),
  ];
}
