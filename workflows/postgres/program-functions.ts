/** What both scripts know of PostgreSQL: the programs of the declared version, and what of their errors may be shown. */
export const PROGRAM_FUNCTIONS = String.raw`
# The directory bin with the programs of the declared version: pg_dump refuses a newer server, and what another version restores proves less.
choose_programs() {
  local program major
  bin=$\{POSTGRES_BIN:-/usr/lib/postgresql/$MAJOR/bin}
  if [[ ! -d $bin && -z $\{POSTGRES_BIN:-} ]]; then
    need pg_dump
    bin=$(dirname -- "$(command -v pg_dump)")
  fi
  for program in "$@"; do
    [[ -x $bin/$program ]] || die "$program is not in $bin; install PostgreSQL $MAJOR, or name its directory in POSTGRES_BIN"
    major=$("$bin/$program" --version | sed -E 's/^[^0-9]*([0-9]+).*$/\1/')
    [[ $major == "$MAJOR" ]] || die "$bin/$program is of PostgreSQL $major, expected $MAJOR; name its directory in POSTGRES_BIN"
  done
}

# Plaintext and passwords live here only; the directory is this user's alone and is removed however the script ends, short of kill -9.
make_work() {
  local name
  work=$(mktemp -d "$\{TMPDIR:-/tmp}/gatehouse-postgres.XXXXXXXX")
  chmod 700 "$work"
  # Whatever the caller's shell says about servers is not meant for these: they are named in a service file.
  for name in "$\{!PG@}"; do unset "$name"; done
  : >"$work/services"
  export PGSERVICEFILE="$work/services" TMPDIR="$work" LC_ALL=C.UTF-8
}

# The errors of a program of PostgreSQL in a file, without what may be data: values in quotes, details, contexts and addresses.
explain() {
  sed -n -E '/^(pg_restore: from TOC entry|(psql|pg_dump|pg_restore|initdb|pg_ctl).*(error|fatal):|.*(ERROR|FATAL): )/{
    s/(relation|extension|role|schema|type|function|table|column) "([^"]*)"/\1 «\2»/g
    s/"[^"]*("|$)/"…"/g
    s/ \([0-9a-fA-F.:]+\),/,/g
    s/(COPY failed for table «[^»]*»: [^:]*:).*/\1 …/
    p
  }' "$1" | head -n 5 >&2
}
`;
