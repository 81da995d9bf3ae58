/** Names of environment variables whose values are credentials, or may be. */
const CREDENTIAL =
  /TOKEN|SECRET|PASSW|AUTH|CREDENTIAL|PRIVATE|CONN_STR|(?:^|_)(?:API_?KEY|ACCESS_KEY|KEY|PEM|DSN)(?:_|$)/i;

/** Shorter values would blot out ordinary words; a credential of that length protects nothing. */
const SHORTEST = 8;

const REDACTED = "***";

/**
 * A text without the credentials of an environment: GitHub masks secrets in logs only, not in comments and issues, and a provider's error
 * message may quote what it was given.
 */
export function redacted(text: string, environment: Readonly<Record<string, string | undefined>>): string {
  const spellings = Object.entries(environment)
    .filter(([name]) => CREDENTIAL.test(name))
    .flatMap(([, value]) => (value === undefined ? [] : [value, ...value.split(/\r?\n/)]))
    .map((value) => value.trim())
    .filter(({ length }) => length >= SHORTEST)
    .flatMap((value) => [
      value,
      encodeURIComponent(value),
      JSON.stringify(value).slice(1, -1),
      Buffer.from(value).toString("base64"),
    ]);
  // The longest first: one credential may be the beginning of another.
  return [...new Set(spellings)]
    .sort((a, b) => b.length - a.length)
    .reduce((result, spelling) => result.replaceAll(spelling, REDACTED), text);
}
