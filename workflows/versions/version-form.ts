/** What a version may be: `1.2.3`, and `-alpha`, `-beta` or `-rc` behind it with a number. */
export const VERSION_FORM = String.raw`
readonly VERSION_FORM='^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-(alpha|beta)(\.(0|[1-9][0-9]*))?|-rc\.(0|[1-9][0-9]*))?$'
`;

/** Which of several is newer. */
export const NEWEST_FIRST = `
# Versions, one a line, the newest first: what has something behind a dash comes before the version itself. sort takes ~ as less than nothing.
newest_first() { sed 's/-/~/' | sort --version-sort --reverse | sed 's/~/-/'; }
`;
