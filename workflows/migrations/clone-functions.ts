/**
 * A throwaway database on the server of a clone. What runs in it is whatever a pull request brings, so the role that all is done as must not be
 * able to do more than lose that database: it is looked at before each run.
 */
export const CLONE_FUNCTIONS = String.raw`
# ask SERVICE FILE: SQL of this script's; what it answers goes into the file answer.
ask() {
  input=/dev/null interruptible timeout "$LONGEST" "$bin/psql" "$\{PSQL[@]}" --set=VERBOSITY=sqlstate --set=clone="$clone" --set=made="$made" \
    --dbname="service=$1" --file="$2" >"$work/answer" 2>"$work/psql.err"
}

# The clone under three names: itself, the database that everybody may connect to, and the throwaway one.
name_databases() {
  local seconds
  write_service clone CLONE_URL
  clone=$database
  printf -v seconds '%(%s)T' -1
  made=gatehouse_dry_run_$\{seconds}_$(od -An -N4 -tx1 /dev/urandom | tr -d ' \n')
  sed -e 's/^\[clone\]$/[admin]/' -e 's/^dbname=.*/dbname=postgres/' "$work/services" >"$work/admin"
  # What the server is told of time limits a migration can take back; so there is one around psql too.
  sed -e 's/^\[clone\]$/[throwaway]/' -e "s/^dbname=.*/dbname=$made/" -e '/^options=/d' \
    -e '$ a options=-c statement_timeout='"$STATEMENT"' -c lock_timeout=10s' "$work/services" >"$work/throwaway"
  cat "$work/admin" "$work/throwaway" >>"$work/services"
}

# https://www.postgresql.org/docs/current/predefined-roles.html
look_at_role() {
  cat >"$work/role.sql" <<'SQL'
WITH mine AS (SELECT * FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER')),
  asked AS (SELECT * FROM pg_database WHERE datname = :'clone')
SELECT CASE
  WHEN (SELECT bool_or(rolsuper) FROM mine) THEN 'its role is a superuser, or may become one'
  WHEN (SELECT bool_or(rolcreaterole OR rolreplication OR rolbypassrls) FROM mine) THEN 'its role may make roles, replicate, or pass row security'
  WHEN EXISTS (SELECT FROM mine WHERE rolname LIKE 'pg\_%') THEN 'its role is in one of PostgreSQL''s own, which reach files, programs or others'' sessions'
  WHEN NOT (SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user) THEN 'its role may not make databases (CREATEDB)'
  WHEN NOT EXISTS (SELECT FROM asked) THEN 'there is no such database'
  WHEN EXISTS (SELECT FROM pg_database JOIN mine ON mine.oid = datdba WHERE datname !~ '^gatehouse_dry_run_') THEN 'its role owns a database: a migration could change that one; give it to another role, the clone too'
  WHEN NOT (SELECT datistemplate FROM asked) THEN 'it is no template (ALTER DATABASE … IS_TEMPLATE true), so its role can''t copy it'
  ELSE 'fine' END, current_setting('server_version_num')::int / 10000;
SQL
  ask admin "$work/role.sql" || {
    said
    die "the server of the clone does not answer, or does not let the role of CLONE_URL in"
  }
  IFS='|' read -r finding major <"$work/answer"
  [[ $finding == fine ]] || die "CLONE_URL: $finding; see docs/migrations-dry-run.md"
  [[ $major == "$MAJOR" ]] || die "the clone's server is PostgreSQL $major, production's is declared as $MAJOR; clone it to the same"
}

# Databases that an interrupted run left: those of runs that can't be under way any more.
sweep() {
  local name seconds now
  printf '%s\n' "SELECT datname FROM pg_database WHERE datname ~ '^gatehouse_dry_run_[0-9]{10}_[0-9a-f]{8}$' AND datdba = current_user::regrole;" >"$work/sweep.sql"
  ask admin "$work/sweep.sql" || die "the databases on the clone's server can't be listed"
  printf -v now '%(%s)T' -1
  while IFS= read -r name; do
    seconds=$\{name#gatehouse_dry_run_}
    ((now - 10#$\{seconds%_*} > LEFT_BEHIND_SECONDS)) || continue
    printf '%s\n' "DROP DATABASE IF EXISTS \"$name\" WITH (FORCE);" >"$work/drop.sql"
    # Another run may be sweeping too.
    if ask admin "$work/drop.sql"; then say "– $name was left behind, and is gone"; fi
  done < <(cat "$work/answer")
}

# make_throwaway: a copy of the clone. Somebody who is connected to the clone is in the way (55006): that may end.
make_throwaway() {
  local try
  printf '%s\n' 'CREATE DATABASE :"made" TEMPLATE :"clone" CONNECTION LIMIT 5;' >"$work/make.sql"
  for ((try = 1; try <= 5; try++)); do
    there=maybe
    if ask admin "$work/make.sql"; then return 0; fi
    grep -q 55006 "$work/psql.err" || break
    sleep "$((try * 3))"
  done
  said
  die "the clone can't be copied; is there room on its server, and nobody connected to it?"
}

drop_throwaway() {
  printf '%s\n' 'DROP DATABASE IF EXISTS :"made" WITH (FORCE);' >"$work/drop.sql"
  ask admin "$work/drop.sql"
}
`;
