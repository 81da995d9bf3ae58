# Made by Gatehouse from services/maestro.ts; do not edit.
# Make it again: npx gatehouse files maestro
#
# Reads what a change does to the migrations; scripts/check-migrations.sh calls it.
import json
import pathlib
import re
import subprocess
import sys

from pglast import ast, parser, visitors

DIRECTORY = "db/migrations"
UP = ".up.sql"
DOWN = ".down.sql"
PLAN = "migrations-plan.md"
ROLLBACK = "migrations-rollback.md"


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


NAME = re.compile(r"(?P<number>[0-9]{1,18})[_-][A-Za-z0-9_-]{1,150}(?:" + re.escape(UP) + "|" + re.escape(DOWN) + r")")
LARGEST = 1_000_000
MARKER = re.compile(r"[ \t]*[-*] +(contract|reviewed|irreversible): +`?([\w-]+)`?: +(\S.*?)[ \t]*")


def git(*words):
    return subprocess.run(["git", *words], check=True, stdout=subprocess.PIPE).stdout


def succeeds(*words):
    return subprocess.run(["git", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def shown(text):
    """A name or an error that others wrote, on one line, without what steers terminals or the runner."""
    line = "".join(character if character.isprintable() else f"\\u{{{ord(character):x}}}" for character in text)
    return line.replace("##[", "# [")[:300]


def listed(commit):
    """Mode and id of each file of the directory, by its path below it."""
    found = {}
    for entry in git("ls-tree", "-r", "-z", commit, "--", f"{DIRECTORY}/").split(b"\0")[:-1]:
        about, path = entry.split(b"\t", 1)
        mode, _, blob = about.decode().split(" ")
        found[path.decode("utf-8", "backslashreplace").removeprefix(f"{DIRECTORY}/")] = (mode, blob)
    return found


def read_document(commit, path):
    """A document as its readers see it: what stands in comments or in code blocks marks nothing."""
    entry = git("ls-tree", "-z", commit, "--", path).split(b"\0")[0].split(b" ")
    if len(entry) < 3 or entry[0] not in (b"100644", b"100755"):
        return None
    text = git("cat-file", "blob", entry[2].split(b"\t")[0].decode()).decode("utf-8", "replace")
    text = re.sub(r"<!--.*?(?:-->|\Z)", "", text, flags=re.S)
    return re.sub(r"^(`{3,}|~{3,}).*?(?:^\1[`~]*[ \t]*$|\Z)", "", text, flags=re.S | re.M)


class Change:
    """Everything that is wrong with what HEAD adds to a base, at once; then what is to be run, in files."""

    def __init__(self, base, head, out):
        self.base, self.head, self.out = base, head, out
        self.before, self.after = listed(base), listed(head)
        self.problems, self.markers, self.made = [], {}, set()

    def wrong(self, name, text):
        self.problems.append(f"{shown(name)}: {text}")

    def changed(self):
        return sorted(name for name in self.before.keys() | self.after.keys() if self.before.get(name) != self.after.get(name))

    def check(self):
        fresh = []
        for name in self.changed():
            if name in self.before:
                if NAME.fullmatch(name):
                    what = "was changed" if name in self.after else "was removed"
                    self.wrong(name, f"{what}; it may have run somewhere: leave it as it is, and bring a new migration")
            elif NAME.fullmatch(name):
                fresh.append(name)
            elif not name.endswith(".md"):
                self.wrong(name, f"is no name of a migration; write <number>_<letters, digits, _ and ->{UP} or {DOWN}, in the directory itself")
        stems = sorted({name.removesuffix(DOWN).removesuffix(UP) for name in fresh}, key=number_of)
        self.numbers(stems)
        self.documents(stems)
        steps = [self.migration(stem) for stem in stems if self.is_whole(stem)]
        if not self.problems:
            self.write(steps)
        return stems

    def ups(self, names):
        return sorted((name for name in names if name.endswith(UP) and NAME.fullmatch(name)), key=number_of)

    def numbers(self, stems):
        newest = max((number_of(name) for name in self.ups(self.before)), default=-1)
        seen = {}
        for stem in stems:
            number = number_of(stem)
            if number in seen:
                self.wrong(stem, f"has the number of {shown(seen[number])}; give each its own")
            elif number <= newest:
                self.wrong(stem, f"its number is not above {newest}, the newest on main: a database that has that one would never run it")
            seen.setdefault(number, stem)

    def documents(self, stems):
        """Both documents are part of the change, and name each migration."""
        for path in (PLAN, ROLLBACK):
            text = read_document(self.head, path)
            if not stems:
                continue
            if text is None or not text.strip():
                self.wrong(path, "is missing; a change of the schema is described there before it is merged")
                continue
            if text == read_document(self.base, path):
                self.wrong(path, "says nothing new; describe this change of the schema")
            for stem in stems:
                if not re.search(rf"(?<![\w-]){re.escape(stem)}(?![\w-])", text):
                    self.wrong(path, f"does not name {stem}")
            for line in text.splitlines():
                found = MARKER.fullmatch(line)
                if found and (path == ROLLBACK) == (found[1] == "irreversible"):
                    self.markers[(found[1], found[2])] = found[3]

    def is_whole(self, stem):
        if stem + UP not in self.after:
            self.wrong(stem + DOWN, f"has no {stem + UP} beside it")
            return False
        irreversible = ("irreversible", stem) in self.markers
        if not irreversible and stem + DOWN not in self.after:
            self.wrong(stem + UP, f"has no way back; write {stem + DOWN}, or say in {ROLLBACK} why there is none: - irreversible: {stem}: <why>")
            return False
        return True

    def migration(self, stem):
        up = self.parsed(stem + UP, self.made)
        for line, kind, text in up.findings if up else ():
            place = f"{stem + UP}, line {line}"
            if kind == REFUSED:
                self.wrong(place, text)
            elif kind == REVIEWED and ("reviewed", stem) not in self.markers:
                self.wrong(place, f"{text}. If it can be afforded, say why in {PLAN}: - reviewed: {stem}: <why>")
            elif kind == CONTRACT:
                self.contract(place, stem, text)
        if ("irreversible", stem) in self.markers:
            return stem, mode_of(up), "-"
        down = self.parsed(stem + DOWN, set())
        for line, kind, text in down.findings if down else ():
            if kind == REFUSED:
                self.wrong(f"{stem + DOWN}, line {line}", text)
        return stem, mode_of(up), mode_of(down)

    def contract(self, place, stem, text):
        release = self.markers.get(("contract", stem))
        if release is None:
            self.wrong(place, f"{text}. Once no release that a rollback may go to uses it, name the one that stopped in {PLAN}: - contract: {stem}: <its tag>")
        elif not re.fullmatch(r"[\w.][\w./-]{0,100}", release) or not succeeds("rev-parse", "--verify", "--quiet", f"refs/tags/{release}^{{commit}}"):
            self.wrong(PLAN, f"contract of {stem}: {shown(release)} is no tag of this repository; name the release that stopped using it")
        elif not succeeds("merge-base", "--is-ancestor", f"refs/tags/{release}^{{commit}}", self.base):
            self.wrong(PLAN, f"contract of {stem}: {shown(release)} is no release that main holds; what stopped using it must have been released before")

    def parsed(self, name, made):
        mode, blob = self.after[name]
        if mode not in ("100644", "100755"):
            return self.wrong(name, "is no ordinary file")
        content = git("cat-file", "blob", blob)
        if len(content) > LARGEST:
            return self.wrong(name, f"has more than {LARGEST} bytes; load data with a job, not with a migration")
        try:
            found = Parsed(content.decode("utf-8"), made)
        except UnicodeDecodeError:
            return self.wrong(name, "is not UTF-8")
        except parser.ParseError as error:
            return self.wrong(name, f"PostgreSQL can't read it: {shown(str(error))}; it takes SQL only, no commands of psql")
        if found.count == 0:
            return self.wrong(name, "has no statement")
        return found

    def write(self, steps):
        """The files by name, and two lists: those of main with how they run, and the new ones with how they run up and down."""
        lines = {"base": [], "new": []}
        for name in self.ups(self.before):
            self.export("base", name, self.before[name])
            lines["base"].append(f"{name}\t{self.mode_on_main(name)}")
        for stem, up, down in steps:
            self.export("new", stem + UP, self.after[stem + UP])
            if down != "-":
                self.export("new", stem + DOWN, self.after[stem + DOWN])
            lines["new"].append(f"{stem}\t{up}\t{down}")
        for kind, listing in lines.items():
            (self.out / f"{kind}.list").write_text("".join(f"{line}\n" for line in listing))

    def export(self, kind, name, entry):
        (self.out / kind).mkdir(exist_ok=True)
        (self.out / kind / name).write_bytes(git("cat-file", "blob", entry[1]))

    def mode_on_main(self, name):
        try:
            parsed = Parsed((self.out / "base" / name).read_text("utf-8"), set())
            return "alone" if parsed.alone or parsed.transaction else "whole"
        except (parser.ParseError, UnicodeDecodeError):
            return "whole"


def number_of(name):
    return int(re.match("[0-9]+", name)[0])


def mode_of(parsed):
    return "alone" if parsed and parsed.alone else "whole"


def sorted_columns(lines):
    """A schema as pg_dump writes it, with the columns of a table in the order of their names: a column that comes back comes back last."""
    inside = None
    for line in lines:
        if re.match(r"\\(un)?restrict ", line):
            continue
        if inside is None:
            yield line
            inside = [] if re.fullmatch(r"CREATE (?:UNLOGGED |FOREIGN )?TABLE .* \(\n", line) else None
        elif line.startswith(")"):
            yield from sorted(inside)
            yield line
            inside = None
        else:
            inside.append(line.replace(",\n", "\n"))


def main():
    match sys.argv[1:]:
        case ["changed", base, head]:
            return print(json.dumps(bool(Change(base, head, None).changed())))
        case ["check", base, head, out]:
            change = Change(base, head, pathlib.Path(out))
            stems = change.check()
            for problem in change.problems:
                print(f"✗ {problem}")
            if change.problems:
                sys.exit(f"{len(change.problems)} problem(s)")
            return print(f"✓ {len(stems)} new migration(s): {', '.join(stems) or 'none'}")
        case ["schema"]:
            return sys.stdout.writelines(sorted_columns(sys.stdin))
    sys.exit("usage: migrations.py changed BASE HEAD | check BASE HEAD DIRECTORY | schema")


main()
