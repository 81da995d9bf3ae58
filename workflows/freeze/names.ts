export const FREEZE_WORKFLOW = "main-is-green.yml";
export const FREEZE_SCRIPT = "scripts/main-is-green.sh";
