/**
 * What a database holds, as lines of JSON: server, roles, extensions, the rows of every table, the newest migration. The same questions are
 * asked of the live database and of what was restored. Tables of extensions are left out: pg_dump leaves their making to the extension.
 */
export const INVENTORY_FUNCTIONS = String.raw`
inventory_sql() {
  cat <<'SQL'
SET search_path = '';
SET row_security = off;
SET statement_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SELECT json_build_object('snapshot', pg_export_snapshot());
SELECT json_build_object('server', current_setting('server_version'), 'major', current_setting('server_version_num')::int / 10000,
  'encoding', current_setting('server_encoding'), 'database', current_database());
SELECT json_build_object('role', rolname) FROM pg_roles WHERE rolname !~ '^pg_' ORDER BY rolname;
SELECT json_build_object('extension', extname, 'version', extversion) FROM pg_extension ORDER BY extname;
SELECT format('SELECT json_build_object(''table'', %L, ''rows'', count(*)) FROM %I.%I', n.nspname || '.' || c.relname, n.nspname, c.relname)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  ORDER BY n.nspname, c.relname
\gexec
SQL
  [[ -z $MIGRATIONS_SQL ]] || printf '%s\n' "$MIGRATIONS_SQL"
  printf '%s\n' "SELECT json_build_object('end', true);"
}

# The inventory in $work/inventory as the part of the manifest that is compared, into $work/found.json.
read_inventory() {
  jq -s '(map(select(has("server"))) | .[0]) as $server | {
    server: $server.server, major: $server.major, encoding: $server.encoding, database: $server.database,
    roles: map(select(has("role")).role),
    extensions: (map(select(has("extension")) | { key: .extension, value: .version }) | from_entries),
    tables: (map(select(has("table")) | { key: .table, value: .rows }) | from_entries),
    migration: (map(select(has("migration")) | { newest: .migration, applied: .applied }) | .[0])
  }' "$work/inventory" >"$work/found.json"
}
`;
