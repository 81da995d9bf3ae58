/** What became of the checks, gate by gate. Reads what GitHub says of the run (`run`, `jobs`, and those by name in `named`) and the constants of the declaration. */
export const RESULT_FUNCTIONS = String.raw`
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
    fence = "${"`"}" * (1 + max((len(found) for found in re.findall("${"`"}+", shown)), default=0))
    padding = " " if "${"`"}" in shown else ""
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
`.trim();
