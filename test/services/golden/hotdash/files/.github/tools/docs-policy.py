#!/usr/bin/env python3
# Made by Gatehouse from services/hotdash.ts; do not edit.
# Make it again: npx gatehouse files hotdash
#
# Fails when Git tracks a Markdown file outside the paths that the service's declaration allows. Names alone count: what Git does not track
# is not looked at, and a symbolic link is where it lies, wherever it leads.
#   python3 .github/tools/docs-policy.py
import re
import subprocess
import sys

JOB = "docs-policy"
ALLOW = ["README.md","CHANGELOG.md","CONTRIBUTING.md","SECURITY.md","docs/**",".github/**"]
DOCUMENT = ".*\\.(?:[mM][dD]|[mM][dD][xX]|[mM][aA][rR][kK][dD][oO][wW][nN]|[mM][dD][oO][wW][nN]|[mM][kK][dD]|[mM][kK][dD][nN])"
ALLOWED = "README\\.md|CHANGELOG\\.md|CONTRIBUTING\\.md|SECURITY\\.md|docs/.+|\\.github/.+"


def shown(path):
    """A name on one line; one that a terminal or a runner could take for more is written as Python writes it."""
    name = path.decode("utf-8", "surrogateescape")
    return name if name.isprintable() and name == name.strip() and "##[" not in name else ascii(name).replace("#", "\\x23")


def no_verdict(message):
    print(f"✗ {message}", file=sys.stderr)
    sys.exit(2)


def git(*words, cwd=None):
    try:
        run = subprocess.run(["git", *words], cwd=cwd, stdout=subprocess.PIPE)
    except OSError as error:
        no_verdict(f"Git can't be run ({error.strerror}); install it and run this again")
    if run.returncode != 0:
        no_verdict(f"git {words[0]} failed (exit {run.returncode}); run this in a working copy of the repository")
    return run.stdout


for stream in (sys.stdout, sys.stderr):
    stream.reconfigure(encoding="utf-8")
root = git("rev-parse", "--show-toplevel").removesuffix(b"\n")
tracked = git("ls-files", "-z", cwd=root).split(b"\0")[:-1]
if not tracked:
    no_verdict("Git tracks no file here; check the repository out and run this again")
document, allowed = (re.compile(text.encode(), re.DOTALL) for text in (DOCUMENT, ALLOWED))
documents = [path for path in tracked if document.fullmatch(path)]
outside = [path for path in documents if not allowed.fullmatch(path)]
for path in outside[:50]:
    print(f"✗ move or remove {shown(path)}: no allowed path has it")
if len(outside) > 50:
    print(f"✗ and {len(outside) - 50} more")
if outside:
    print(f"{len(outside)} of {len(documents)} Markdown files lie outside the allowed paths. Move each with git mv, or remove it with git rm. Allowed are:")
    print("\n".join(f"  {pattern}" for pattern in ALLOW))
    print(f"A new place for documents goes into ci.jobs.{JOB}.allow of the declaration of the service.")
    sys.exit(1)
print(f"✓ {len(documents)} Markdown files, all where they may be")
