/**
 * What reads a JUnit report, for the scripts in Python that do. Reports are whatever the tests' own code wrote: without a document type there are no
 * entities that grow, and of an encoding nobody knows there is no word in what is said. https://docs.python.org/3/library/xml.html#xml-security
 */
export const JUNIT_READER = `
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
`.trim();
