/** What is shown of a database that has nobody's data: all that PostgreSQL says, as lines that command neither a terminal nor the runner. */
export const OPEN_WORDS = String.raw`
# said: the errors of psql.
said() {
  LC_ALL=C tr -d '\000-\010\013-\037\177' <"$work/psql.err" | sed -e "s|$work/||g" -e 's/##\[/# [/g' -e 's/^/| /' | head -n 20 >&2
}

# differing FILE FILE: where two schemas do.
differing() {
  diff -U 3 --label before --label after "$1" "$2" | sed -e 's/##\[/# [/g' -e 's/^/| /' | head -n 60 >&2 || true
}
`;

/**
 * Migrations in a database: those of main, the new ones, their way back, and again. Files are SQL to psql, which takes no commands of its own
 * from them: `\restrict` with a key that they can't know (PostgreSQL 13.22, 14.19, 15.14, 16.10, 17.6 and newer; an older psql refuses the word).
 * https://www.postgresql.org/docs/current/app-psql.html#APP-PSQL-META-COMMAND-RESTRICT
 */
export const REHEARSAL_FUNCTIONS = String.raw`
# run_file DATABASE FILE MODE: what it prints may be data, and goes nowhere; what goes wrong is in psql.err.
run_file() {
  local whole=(--single-transaction)
  [[ $3 == whole ]] || whole=()
  input=/dev/null interruptible timeout "$LONGEST" "$bin/psql" "$\{PSQL[@]}" "$\{VERBOSITY[@]}" "$\{whole[@]}" --dbname="service=$1" \
    --command="\\restrict $key" --file="$2" >/dev/null 2>"$work/psql.err"
}

# schema DATABASE NAME: what pg_dump says of it, into a file.
schema() {
  interruptible "$bin/pg_dump" --schema-only --no-password --dbname="service=$1" >"$work/dump" 2>"$work/psql.err" || {
    said
    die "the schema can't be read"
  }
  python3 "$TOOL" schema <"$work/dump" >"$work/$2"
}

# same NAME NAME WHAT
same() {
  cmp -s "$work/$1" "$work/$2" && return
  differing "$work/$1" "$work/$2"
  die "$3"
}

# rehearse DATABASE: the new migrations there, back, and there again.
rehearse() {
  local database=$1 stem up down place undone count
  mapfile -t steps <"$work/change/new.list"
  count=$\{#steps[@]}
  schema "$database" schema.0
  for ((place = 0; place < count; place++)); do
    IFS=$'\t' read -r stem up down <<<"$\{steps[place]}"
    run_file "$database" "$work/change/new/$stem$UP" "$up" || {
      said
      die "$stem$UP fails; correct it: it was merged nowhere yet"
    }
    schema "$database" "schema.$((place + 1))"
    say "✓ $stem$UP"
  done
  undone=$count
  while ((undone > 0)); do
    IFS=$'\t' read -r stem up down <<<"$\{steps[undone - 1]}"
    if [[ $down == - ]]; then
      say "– $stem has no way back, as $ROLLBACK says; those before it aren't taken back either"
      break
    fi
    run_file "$database" "$work/change/new/$stem$DOWN" "$down" || {
      said
      die "$stem$DOWN fails"
    }
    schema "$database" back
    same "schema.$((undone - 1))" back "$stem$DOWN does not bring the schema back that was there before $stem$UP"
    say "✓ $stem$DOWN brings the schema back"
    undone=$((undone - 1))
  done
  ((undone < count)) || return 0
  for ((place = undone; place < count; place++)); do
    IFS=$'\t' read -r stem up down <<<"$\{steps[place]}"
    run_file "$database" "$work/change/new/$stem$UP" "$up" || {
      said
      die "$stem$UP fails after $stem$DOWN: what it leaves behind is in its way"
    }
  done
  schema "$database" again
  same "schema.$count" again "the new migrations give another schema after they were taken back"
  say "✓ and there again"
}
`;
