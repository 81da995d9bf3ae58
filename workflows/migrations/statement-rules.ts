/**
 * What a statement does to those who are connected and to the version before: Python, over the syntax tree of PostgreSQL's own parser. `refused`
 * never passes, `contract` needs the release that stopped using what goes, `reviewed` a reason.
 * Locks: https://www.postgresql.org/docs/current/sql-altertable.html and https://www.postgresql.org/docs/current/explicit-locking.html
 */
export const STATEMENT_RULES = String.raw`
REFUSED, CONTRACT, REVIEWED = "refused", "contract", "reviewed"
CLUSTER_WIDE = {
    "AlterDatabaseSetStmt", "AlterDatabaseStmt", "AlterRoleSetStmt", "AlterRoleStmt", "AlterSystemStmt", "CreateRoleStmt",
    "CreateTableSpaceStmt", "CreatedbStmt", "DropOwnedStmt", "DropRoleStmt", "DropTableSpaceStmt", "DropdbStmt",
    "GrantRoleStmt", "LoadStmt", "ReassignOwnedStmt",
}
REWRITES = {
    "ClusterStmt": "CLUSTER stops reads and writes while it rewrites the table",
    "LockStmt": "LOCK stops others until the migration ends",
    "DoStmt": "DO runs statements that can't be seen from here",
    "CallStmt": "CALL runs statements that can't be seen from here",
    "AlterOwnerStmt": "a change of owner takes rights from the one before",
}
ALTERATIONS = {
    "AT_DropColumn": (CONTRACT, "drops the column {0}: the version before reads and writes it"),
    "AT_AlterColumnType": (CONTRACT, "changes the type of {0}: it rewrites the table, and the version before expects the other type; add a column"),
    "AT_SetNotNull": (CONTRACT, "sets {0} NOT NULL: the version before may write rows without it; add a check that is NOT VALID, validate it later"),
    "AT_DropExpression": (CONTRACT, "{0} is no longer computed: the version before writes rows without it"),
    "AT_DropIdentity": (CONTRACT, "{0} no longer numbers itself: the version before writes rows without it"),
    "AT_DetachPartition": (CONTRACT, "detaches a partition: the version before reads its rows"),
    "AT_DetachPartitionFinalize": (CONTRACT, "detaches a partition: the version before reads its rows"),
    "AT_DropNotNull": (REVIEWED, "{0} may be empty from now on: the version before may not read that"),
    "AT_AttachPartition": (REVIEWED, "attaching a partition reads all of it under a lock, unless a check says the same"),
    "AT_SetTableSpace": (REVIEWED, "moves the table under a lock that stops reads too"),
    "AT_SetLogged": (REVIEWED, "rewrites the table under a lock that stops reads too"),
    "AT_SetUnLogged": (REVIEWED, "rewrites the table under a lock that stops reads too"),
    "AT_SetAccessMethod": (REVIEWED, "rewrites the table under a lock that stops reads too"),
    "AT_EnableRowSecurity": (REVIEWED, "row security may hide rows from the version before"),
    "AT_ForceRowSecurity": (REVIEWED, "row security may hide rows from the version before"),
}
NUMBERS_ITSELF = {"smallserial", "serial", "bigserial", "serial2", "serial4", "serial8"}


def table_name(relation):
    return (relation.schemaname or "public", relation.relname)


def dotted(name):
    return ".".join(part.sval if isinstance(part, ast.String) else str(part) for part in name) if isinstance(name, tuple) else str(name)


def only(listed, *wanted):
    return any(getattr(item, "defname", None) in wanted for item in listed or ())


class Finder(visitors.Visitor):
    """What one statement does; made are the tables of this change, which nobody uses yet."""

    def __init__(self, made):
        super().__init__()
        self.made, self.found, self.alone = made, [], False

    def say(self, kind, text):
        self.found.append((kind, text))

    def visit(self, ancestors, node):
        name = type(node).__name__
        if name in CLUSTER_WIDE:
            self.say(REFUSED, f"{name.removesuffix('Stmt')} is about more than this database; the platform does that")
        elif name in REWRITES:
            self.say(REVIEWED, REWRITES[name])

    def visit_TransactionStmt(self, ancestors, node):
        self.say(REFUSED, "begins or ends a transaction; a migration is one already, whole or not at all")

    def visit_VariableSetStmt(self, ancestors, node):
        if node.name in ("role", "session_authorization"):
            self.say(REFUSED, f"sets {node.name}; a migration runs as the role that it is given")

    def visit_CopyStmt(self, ancestors, node):
        if node.is_program or node.filename is not None:
            self.say(REFUSED, "COPY with a file or a program of the server; it reaches what is outside the database")

    def visit_CreateStmt(self, ancestors, node):
        self.made.add(table_name(node.relation))

    def visit_CreateTableAsStmt(self, ancestors, node):
        self.made.add(table_name(node.into.rel))

    def visit_DropStmt(self, ancestors, node):
        kind = node.removeType.name.removeprefix("OBJECT_").replace("_", " ").lower()
        names = [dotted(item if isinstance(item, tuple) else getattr(item, "objname", None) or getattr(item, "names", item)) for item in node.objects]
        self.alone = self.alone or bool(node.concurrent)
        if kind != "index":
            gone = [name for name in names if (tuple(name.split(".")) if "." in name else ("public", name)) not in self.made]
            if gone:
                self.say(CONTRACT, f"drops the {kind} {', '.join(gone)}: the version before may use it")
        elif not node.concurrent:
            self.say(REVIEWED, f"DROP INDEX {', '.join(names)} waits with a lock that stops reads too; write DROP INDEX CONCURRENTLY, alone in its file")

    def visit_RenameStmt(self, ancestors, node):
        if node.renameType.name not in ("OBJECT_INDEX", "OBJECT_TABCONSTRAINT") and not self.is_made(node.relation):
            self.say(CONTRACT, f"renames something to {node.newname}: the version before asks for the old name; add, move, drop the old one")

    def visit_AlterObjectSchemaStmt(self, ancestors, node):
        self.say(CONTRACT, f"moves something to the schema {node.newschema}: the version before looks for it in the old one")

    def visit_AlterEnumStmt(self, ancestors, node):
        if node.oldVal is not None:
            self.say(CONTRACT, f"renames the value {node.oldVal}: the version before writes the old one")

    def visit_GrantStmt(self, ancestors, node):
        if not node.is_grant:
            self.say(CONTRACT, "takes rights away: the version before may need them")

    def visit_TruncateStmt(self, ancestors, node):
        self.say(CONTRACT, f"TRUNCATE removes all rows of {', '.join(table.relname for table in node.relations)}")

    def visit_DeleteStmt(self, ancestors, node):
        if node.whereClause is None:
            self.say(CONTRACT, f"DELETE without WHERE removes all rows of {node.relation.relname}")

    def visit_UpdateStmt(self, ancestors, node):
        if node.whereClause is None:
            self.say(REVIEWED, f"UPDATE without WHERE locks all rows of {node.relation.relname} to the end; write batches")

    def visit_IndexStmt(self, ancestors, node):
        self.alone = self.alone or bool(node.concurrent)
        if not node.concurrent and not self.is_made(node.relation):
            self.say(REVIEWED, f"CREATE INDEX stops all writes to {node.relation.relname} while it runs; write CREATE INDEX CONCURRENTLY, alone in its file")

    def visit_ReindexStmt(self, ancestors, node):
        if only(node.params, "concurrently"):
            self.alone = True
        else:
            self.say(REVIEWED, "REINDEX stops writes while it runs; write REINDEX … CONCURRENTLY, alone in its file")

    def visit_RefreshMatViewStmt(self, ancestors, node):
        if not node.concurrent:
            self.say(REVIEWED, "REFRESH MATERIALIZED VIEW stops reads of it while it runs; write it with CONCURRENTLY")

    def visit_VacuumStmt(self, ancestors, node):
        self.alone = self.alone or bool(node.is_vacuumcmd)
        if only(node.options, "full"):
            self.say(REVIEWED, "VACUUM FULL rewrites the table under a lock that stops reads too")

    def visit_AlterTableStmt(self, ancestors, node):
        for command in node.cmds:
            kind = command.subtype.name
            self.alone = self.alone or (kind == "AT_DetachPartition" and bool(getattr(command.def_, "concurrent", False)))
            if self.is_made(node.relation):
                continue
            if kind in ALTERATIONS:
                level, text = ALTERATIONS[kind]
                self.say(level, text.format(f"{node.relation.relname}.{command.name}"))
            elif kind == "AT_ColumnDefault" and command.def_ is None:
                self.say(CONTRACT, f"{node.relation.relname}.{command.name} loses its default: the version before relies on it")
            elif kind == "AT_AddColumn":
                self.added_column(node.relation.relname, command.def_)
            elif kind == "AT_AddConstraint":
                self.added_constraint(node.relation.relname, command.def_)

    def added_column(self, table, column):
        kinds = {constraint.contype.name for constraint in column.constraints or ()}
        filled = kinds & {"CONSTR_DEFAULT", "CONSTR_GENERATED", "CONSTR_IDENTITY"} or column.typeName.names[-1].sval in NUMBERS_ITSELF
        if kinds & {"CONSTR_NOTNULL", "CONSTR_PRIMARY"} and not filled:
            self.say(CONTRACT, f"adds {table}.{column.colname} NOT NULL without a default: the version before writes rows without it")
        for constraint in column.constraints or ():
            self.added_constraint(table, constraint)

    def added_constraint(self, table, constraint):
        kind = constraint.contype.name
        if kind in ("CONSTR_FOREIGN", "CONSTR_CHECK") and not constraint.skip_validation:
            self.say(REVIEWED, f"a constraint that is checked at once stops writes to {table} while all rows are read; add it NOT VALID, and validate it in a later migration")
        elif kind in ("CONSTR_UNIQUE", "CONSTR_PRIMARY") and constraint.indexname is None:
            self.say(REVIEWED, f"a unique constraint builds its index under a lock on {table}; create the index CONCURRENTLY, then ADD CONSTRAINT … USING INDEX")
        elif kind == "CONSTR_EXCLUSION":
            self.say(REVIEWED, f"an exclusion constraint builds its index under a lock on {table}")

    def is_made(self, relation):
        return relation is not None and table_name(relation) in self.made


LEADING = re.compile(r"(?:\s+|--[^\n]*|/\*.*?\*/)*", re.S)


class Parsed:
    """One file: its statements with their lines, what they do, and whether it runs outside a transaction."""

    def __init__(self, text, made):
        self.findings, self.alone, settings = [], False, 0
        statements = parser.parse_sql(text)
        self.count = len(statements)
        for raw in statements:
            line = text.count("\n", 0, LEADING.match(text, raw.stmt_location).end()) + 1
            finder = Finder(made)
            finder(raw.stmt)
            settings += isinstance(raw.stmt, ast.VariableSetStmt)
            self.alone = self.alone or finder.alone
            self.findings += [(line, kind, said) for kind, said in finder.found]
        if self.alone and self.count - settings > 1:
            self.findings.append((1, REFUSED, "a statement that can't run in a transaction (CONCURRENTLY, VACUUM) stands with others; give it a file of its own"))
        self.transaction = any(isinstance(raw.stmt, ast.TransactionStmt) for raw in statements)
`;
