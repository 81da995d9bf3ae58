/** What the run's jobs have kept: counts of tests, the flake index, the SBOM. Reads the ZIPs in `work`, which hold whatever the run's code wrote. */
export const REPORT_FUNCTIONS = String.raw`
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
`.trim();
