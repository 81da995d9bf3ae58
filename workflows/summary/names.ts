export const SUMMARY_WORKFLOW = "pr-summary.yml";
export const SUMMARY_SCRIPT = "scripts/pr-summary.sh";
export const SUMMARY_TOOL = ".github/tools/pr-summary.py";

/** First line of the comment, by which it is found again; it does not show. */
export const SUMMARY_MARKER = "<!-- gatehouse:pr-summary -->";
