# Made by Gatehouse from services/summit.ts; do not edit.
# Make it again: npx gatehouse files summit
#
# Writes the comment that sums up a run of CI from what scripts/pr-summary.sh has fetched into a directory.
import json
import pathlib
import re
import sys
import zipfile
from xml.parsers import expat

MARKER = "<!-- gatehouse:pr-summary -->"
WORKFLOW = "pr-summary.yml"
JOBS = {"git-hygiene":{"name":"git-hygiene","gate":"lint","needs":[]},"shellcheck":{"name":"shellcheck","gate":"lint","needs":[]},"unit":{"name":"unit","gate":"unit","needs":[]},"ci-pr":{"name":"ci-pr","gate":"unit","needs":["git-hygiene","shellcheck","unit"]},"codeql":{"name":"codeql","gate":"security","needs":[]},"scan":{"name":"scan","gate":"security","needs":[]},"trivy-config-scan":{"name":"trivy-config-scan","gate":"security","needs":[]},"package":{"name":"package","gate":"sbom","needs":[]},"migrations":{"name":"migrations","gate":"migration","needs":["unit"]}}
CHECKS = [["lint","git-hygiene","git-hygiene","yes"],["lint","shellcheck","shellcheck","yes"],["unit","unit","unit / test","yes"],["unit","ci-pr","ci-pr","yes"],["security","codeql","codeql (javascript-typescript)","yes"],["security","codeql","codeql (actions)","yes"],["security","scan","scan / dependencies","yes"],["security","scan","scan / secrets","yes"],["security","trivy-config-scan","trivy-config-scan","yes"],["sbom","package","package / sbom","yes"],["migration","migrations","migrations","yes"]]
TESTS = [["unit",["junit-unit-1-"]]]
LANE = ""
BELOW = 0
SBOM = "sbom"
INDEX = "flake-index.json"
MOST_ZIP = 5000000
MOST_BYTES = 20_000_000
MOST_FILES = 100


WORDS = {
    "success": "✓ passed",
    "failure": "✗ failed",
    "timed_out": "✗ ran out of time",
    "cancelled": "✗ was cancelled",
    "skipped": "– skipped",
    None: "? did not report",
}
NOT_RUN = {
    "action_required": "Nothing ran: GitHub waits for somebody who may approve the run.",
    "startup_failure": "Nothing ran: GitHub could not start the run, and says why on its page.",
}


def code(text, most=150):
    """Text of anybody's as inline code that nothing leads out of: one line, nothing invisible, a fence longer than any in it."""
    text = text if len(text) <= most else text[:most] + "…"
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text).strip() or "(no name)"
    fence = "`" * (1 + max((len(found) for found in re.findall("`+", shown)), default=0))
    padding = " " if "`" in shown else ""
    return f"{fence}{padding}{shown}{padding}{fence}"


def link(text, url):
    return f"[{text}]({url})" if re.fullmatch(r"https://[\w.:-]+(/[\w.-]+)+", url) else text


def table(header, rows):
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


def reported(job, check):
    """
    What the run has of a check: None when nothing. A job that was skipped before its matrix was looked at, or the workflow that it calls, has its own
    name only. Of two with one name that counts which did not pass.
    """
    found = named.get(check) or [one for one in named.get(JOBS[job]["name"], []) if one["conclusion"] == "skipped"]
    return min(found, key=lambda one: one["conclusion"] == "success", default=None)


def ended(job, check):
    found = reported(job, check)
    return None if found is None else found["conclusion"] or "none"


def stopped_by(job):
    """Of the jobs that it waited for, over all steps, the first that is red."""
    waited_for, ahead = set(), [job]
    while ahead:
        needs = [need for need in JOBS[ahead.pop()]["needs"] if need not in waited_for]
        waited_for.update(needs)
        ahead += needs
    for _, other, check, _ in CHECKS:
        if other in waited_for and ended(other, check) not in ("success", "skipped", None):
            return other
    return None


def result(job, check):
    conclusion = ended(job, check)
    words = WORDS.get(conclusion, "✗ ended without a verdict")
    by = stopped_by(job) if conclusion == "skipped" else None
    return words if by is None else f"{words}: {code(by)} of the gate {JOBS[by]['gate']} is red"


def check_rows(linked, passed_too):
    rows = []
    for gate, job, check, required in CHECKS:
        found = reported(job, check)
        if not passed_too and ended(job, check) == "success":
            continue
        shown = code(check) if found is None or not linked else link(code(check), found["html_url"])
        rows.append([gate, shown, required or "no", result(job, check)])
    return rows


def heading():
    counted = [check for check in CHECKS if check[3]] or CHECKS
    passed = sum(ended(job, check) == "success" for _, job, check, _ in counted)
    sign = "✓" if passed == len(counted) else "✗"
    return f"### {sign} CI: {passed} of {len(counted)} {'required ' if counted is not CHECKS else ''}checks passed"


def about():
    known = {check for _, _, check, _ in CHECKS} | {job["name"] for job in JOBS.values()}
    others = sum(one["name"] not in known for one in jobs)
    said = [f"Commit {code(run['head_sha'][:7])}, {link('run ' + str(run['run_number']), run['html_url'])}, attempt {run['run_attempt']}."]
    said += [NOT_RUN[run["conclusion"]]] if not jobs and run["conclusion"] in NOT_RUN else []
    said += [f"{others} jobs of the run are not declared on main; its page has them."] if others else []
    return " ".join(said)


def results_of(content):
    """Result of each test of a JUnit report: (class, name) → passed, failed or skipped, a result a run. ValueError says what is wrong with it."""
    results, stack = [], []

    def doctype(*_):
        raise ValueError("it has a document type, which no test runner writes")

    def start(tag, attributes):
        if tag == "testcase":
            stack.append([(attributes.get("classname", ""), attributes.get("name", "")), "passed"])
        elif stack and tag in ("failure", "error"):
            stack[-1][1] = "failed"
        elif stack and tag == "skipped":
            stack[-1][1] = "skipped"

    def end(tag):
        if tag == "testcase":
            results.append(tuple(stack.pop()))

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler, parser.StartElementHandler, parser.EndElementHandler = doctype, start, end
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from None
    except LookupError:
        raise ValueError("nobody knows its encoding") from None
    return results


def members_of(artifact, wanted):
    """Contents of those files of an artifact whose names are wanted, in memory and within bounds: a name in a ZIP is never a path here."""
    if kept[artifact]["size"] > MOST_ZIP:
        raise ValueError(f"the artifact has more than {MOST_ZIP} bytes")
    path = work / f"zip-{artifact}"
    if not path.exists():
        raise ValueError("GitHub did not give it")
    contents, room = [], MOST_BYTES
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if wanted(member.filename)]
            if len(members) > MOST_FILES:
                raise ValueError(f"it has more than {MOST_FILES} files")
            for member in members:
                # Others may ask for gigabytes of memory before they give a byte.
                if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise ValueError("it is packed in a way that GitHub doesn't pack")
                with archive.open(member) as file:
                    contents.append(file.read(room + 1))
                room -= len(contents[-1])
                if room < 0:
                    raise ValueError(f"it unpacks to more than {MOST_BYTES} bytes")
    except ValueError:
        raise
    # A broken ZIP ends in any of a dozen exceptions, some of which repeat names from it.
    except Exception:
        raise ValueError("it is no ZIP that can be read") from None
    return contents


def results_in(artifact):
    contents = members_of(artifact, lambda name: name.endswith(".xml"))
    if not contents:
        raise ValueError("no report is in it")
    return [result for content in contents for result in results_of(content)]


def read_tests():
    """By job: a row of the table, the failed tests, and what could not be read."""
    rows, failed, problems = [], [], []
    for job, artifacts in TESTS:
        results, read = [], 0
        for part, artifact in enumerate(artifacts, 1):
            if artifact not in kept:
                continue
            try:
                results += results_in(artifact)
                read += 1
            except ValueError as error:
                problems.append(f"- The report of {code(job)}, part {part}, can't be read: {error}")
        counts = [sum(result == word for _, result in results) for word in ("passed", "failed", "skipped")]
        rows.append([code(job), *(counts if read else "???"), f"{read} of {len(artifacts)}"])
        failed += [(job, " › ".join(part for part in test if part)) for test, result in results if result == "failed"]
    return rows, list(dict.fromkeys(failed)), problems


def tests(most_failed):
    rows, failed, problems = read
    blocks = [table(["Tests of", "Passed", "Failed", "Skipped", "Reports read"], rows)] if rows else []
    blocks += ["\n".join(problems)] if problems else []
    if failed and most_failed:
        lines = [f"- {code(job)}: {code(test)}" for job, test in failed[:most_failed]]
        lines += [f"- and {len(failed) - most_failed} more"] if len(failed) > most_failed else []
        blocks += ["Failed tests:", "\n".join(lines)]
    return blocks


def index_in(artifact):
    try:
        [content] = members_of(artifact, lambda name: name == INDEX)
        counted = json.loads(content)
        failures, runs = counted["failures"], counted["runs"]
        if type(failures) is int and type(runs) is int and 0 <= failures <= runs < 10**9:
            return failures, runs
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    return None


def lane():
    if not LANE:
        return []
    counted = index_in(LANE) if LANE in kept else None
    if counted is None:
        return ["Flake index: unknown, the lane of flaky tests left none."]
    failures, runs = counted
    index = failures / runs if runs else 0.0
    return [f"Flake index: {index:.4f}, {failures} failures that passed on a later try, of {runs} runs of tests; it must stay below {BELOW}."]


def sbom():
    if not SBOM:
        return []
    if SBOM not in kept:
        return ["SBOM: not kept."]
    found = kept[SBOM]
    until = re.match(r"\d{4}-\d\d-\d\d", found["expires"] or "")
    shown = link("kept", f"{run['html_url']}/artifacts/{int(found['id'])}")
    return [f"SBOM: {shown}{' until ' + until[0] if until else ''}."]


def comment(most_failed, linked, passed_too):
    """The comment, with so many failed tests at most, checks that are links, and those that passed too."""
    rows = check_rows(linked, passed_too)
    blocks = [MARKER, heading(), about()]
    blocks += [table(["Gate", "Check", "Required", "Result"], rows)] if rows else []
    blocks += [*tests(most_failed), *lane(), *sbom()]
    blocks.append(f"<sub>Results are GitHub's. Counts and names of tests are what the run's own code reported. {WORKFLOW} keeps this comment.</sub>")
    return "\n\n".join(blocks)


def loaded(name):
    return json.loads((work / name).read_bytes())


work = pathlib.Path(sys.argv[1])
run, jobs, kept = loaded("ci-run"), loaded("jobs"), loaded("kept")
named = {}
for one in jobs:
    named.setdefault(one["name"], []).append(one)
read = read_tests()
details = [(50, True, True), (10, False, True), (10, False, False)]
bodies = (comment(*detail) for detail in details)
# Shorter than GitHub's bound of 65,536 characters, whatever it takes for one.
body = next((body for body in bodies if len(body.encode()) <= 65_000), "\n\n".join([MARKER, heading(), about()]))
sys.stdout.buffer.write(body.encode())
