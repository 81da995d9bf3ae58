# Made by Gatehouse from services/maestro.ts; do not edit.
# Make it again: npx gatehouse files maestro
#
# Runs the tests marked @flaky, again while they fail, and counts.
import json
import os
import pathlib
import shutil
import subprocess
import sys
from xml.parsers import expat

JOB = "flaky-tests"
REPORT = "reports/flaky.xml"
RETRIES = 2
BELOW = 0.05
LABEL = "ci-flake"
WITHIN_DAYS = 14
OWNER = "maestro-maintainers"
OTHERS = "junit-of-others"
TRIES = "junit-of-tries"
INDEX = "flake-index.json"
MOST_BYTES = 20_000_000


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


def shown(text, most=120):
    """Text of a report as one line that no terminal, no runner and no Markdown takes for more."""
    escaped = json.dumps(text[:most])
    for character in "#&<>`|[]*_@":
        escaped = escaped.replace(character, f"\\u{ord(character):04x}")
    return escaped


def fail(message):
    print(f"✗ {message}", file=sys.stderr)
    sys.exit(2)


def read(path):
    try:
        content = path.read_bytes()
        if len(content) > MOST_BYTES:
            raise ValueError(f"it has more than {MOST_BYTES} bytes")
        return results_of(content)
    except OSError as error:
        fail(f"{path} can't be read ({error.strerror}); correct the command or the report of ci.jobs.{JOB} in the declaration")
    except ValueError as error:
        fail(f"{path} is no JUnit report: {error}")


report, tries = pathlib.Path(REPORT), pathlib.Path(TRIES)
tries.mkdir(exist_ok=True)
seen, runs = {}, 0
for attempt in range(1, RETRIES + 2):
    report.unlink(missing_ok=True)
    environment = {**os.environ, "ATTEMPT": str(attempt)}
    code = subprocess.run(["bash", "-euo", "pipefail", "-c", os.environ["COMMAND"]], env=environment).returncode
    results = read(report)
    shutil.copyfile(report, tries / f"{attempt}.xml")
    failed = [test for test, result in results if result == "failed"]
    if code != 0 and not failed:
        fail(f"the command failed (exit {code}), and its report has no failed test; see above")
    for test, result in results:
        if result != "skipped":
            runs += 1
            seen.setdefault(test, []).append(result)
    if not failed:
        break
for other in sorted(pathlib.Path(OTHERS).rglob("*.xml")):
    runs += sum(result != "skipped" for _, result in read(other))

flaky = {test: results for test, results in seen.items() if {"passed", "failed"} <= set(results)}
broken = [test for test, results in seen.items() if "passed" not in results]
failures = sum(results.count("failed") for results in flaky.values())
index = failures / runs if runs else 0.0
(tries / INDEX).write_text(json.dumps({"failures": failures, "runs": runs}), encoding="utf-8")
lines = [f"Flake index {index:.4f}: {failures} failures that passed on a later try, of {runs} runs of tests; it must stay below {BELOW}."]
for kind, tests in (("flaky", list(flaky)), ("failed on every try", broken)):
    lines += [f"- {kind}: {shown(' › '.join(part for part in test if part))}" for test in tests[:50]]
    lines += [f"- {kind}: and {len(tests) - 50} more"] if len(tests) > 50 else []
if flaky or broken:
    lines.append(f"- {OWNER} mend or remove them within {WITHIN_DAYS} days: one issue a test, with the template of the label {LABEL}.")
print("\n".join(lines))
with open(os.environ.get("GITHUB_STEP_SUMMARY", os.devnull), "a", encoding="utf-8") as summary:
    summary.write("### Flaky tests\n\n" + "\n".join([lines[0], "", *lines[1:]]) + "\n")
if flaky or broken:
    print(f"::warning::{len(flaky)} flaky tests, {len(broken)} that failed on every try; see the summary of this run")
sys.exit(1 if index >= BELOW else 0)
