/** The end of a script of a job: GitHub shows the reason on the run's own page. */
export const JOB_DIE = String.raw`
die() {
  printf '::error::%s\n' "$*"
  exit 1
}
`;

/** What a script of a job says. */
export const JOB_MESSAGES = `
say() { printf '%s\\n' "$*"; }
${JOB_DIE.trim()}
`;
