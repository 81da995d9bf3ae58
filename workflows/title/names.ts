export const TITLE_WORKFLOW = "pull-request-title.yml";
export const TITLE_SCRIPT = ".github/tools/pull-request-title.sh";
