import type { Service } from "../../declaration/service";
import { renderWorkflow } from "../render-workflow";
import type { RenderedFile } from "../rendered-file";
import { shellScript } from "../shell-script";
import { TITLE_SCRIPT } from "./names";
import { titleWorkflow } from "./title-workflow";

const ABOUT = [
  "Reads the title of a pull request, which becomes the message of its commit on main: a Conventional Commit, type(scope): description.",
  "  TITLE='fix(api): say what is missing' .github/tools/pull-request-title.sh",
];

const MAIN = String.raw`
title=$\{TITLE:?set it to the title of the pull request}
refuse() {
  # The title is somebody else's text: quoted, so that it can't forge a line of the log.
  printf '✗ %q\n  %s\n' "$title" "$1"
  printf '  Write type(scope)!: description, such as "fix(api): say what is missing"; the scope, and ! for a breaking change, where they belong.\n'
  printf '  Types: %s. https://www.conventionalcommits.org/en/v1.0.0/\n' "$\{types[*]}"
  exit 1
}

if [[ $title == *[[:cntrl:]]* ]]; then refuse "It has a character that can't be seen."; fi
head=$\{title%%:*}
[[ $head != "$title" ]] || refuse "It has no colon after the type."
type=$\{head%%[(\!]*}
known=no
for one in "$\{types[@]}"; do
  if [[ $one == "$type" ]]; then known=yes; fi
done
[[ $known == yes ]] || refuse "It does not begin with one of the types."
rest=$\{head#"$type"}
scope='^(\([^()[:space:]]([^()]*[^()[:space:]])?\))?!?$'
[[ $rest =~ $scope ]] || refuse "Between type and colon stands something else than (scope) and !."
description=$\{title#*:}
[[ $description == " "[![:space:]]* ]] || refuse "After the colon comes one space, and then what the change does."
echo "✓ the title is a Conventional Commit"
`;

/** The check of titles; nothing for a service whose commits may say anything. */
export function titleFiles(service: Pick<Service, "name" | "main">): readonly RenderedFile[] {
  const { conventionalCommits } = service.main;
  const workflow = titleWorkflow(service);
  if (conventionalCommits === undefined || workflow === undefined) return [];
  const constants = { types: conventionalCommits.types };
  return [
    renderWorkflow(workflow),
    shellScript({ service: service.name, path: TITLE_SCRIPT, about: ABOUT, constants, parts: [MAIN] }),
  ];
}
