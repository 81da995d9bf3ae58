# Made by Gatehouse from services/maestro.ts; do not edit.
# Make it again: npx gatehouse files maestro
#
# Holds the licenses of an SBOM against those that the declaration allows.
import json
import sys

from license_expression import ExpressionError, ExpressionParseError, get_spdx_licensing

JOB = "licenses"
ALLOW = ["MIT","Apache-2.0","BSD-2-Clause","BSD-3-Clause","ISC","0BSD","BlueOak-1.0.0","CC0-1.0","Unlicense"]
ACCEPTED = [["maestro","none"]]
MOST_BYTES = 50_000_000


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
