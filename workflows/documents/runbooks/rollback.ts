import { KUBERNETES } from "../../../declaration/cluster-names";
import { FREEZE_TAG, KNOWN_GOOD_BEFORE } from "../../../declaration/release-train";
import { runbookPath } from "../../../declaration/runbook-paths";
import { isTrainable, type Trainable } from "../../cluster/train-service";
import type { RenderedFile } from "../../rendered-file";
import { code, markdownFile, prose, shell, table } from "../markdown";
import { minutes } from "../periods";
import { sentence } from "../sentence";
import { abortFirst, undoCommands } from "./cluster-on-call";
import { clusterPlaces, kubectl, placeOf, rollouts, workloadOf } from "./cluster-places";
import { deliveryOf, rollbackCommand } from "./delivery";
import { escalation } from "./escalation";
import { notified } from "./notified";
import { type Block, type RunbookSource, repositoryOf } from "./runbook-source";

/** How a version is taken back, whatever is away, and how releases go on afterwards. Undefined without a release train. */
export function rollbackRunbook(source: RunbookSource): RenderedFile | undefined {
  const { service } = source;
  const delivery = deliveryOf(service);
  if (delivery === undefined || !isTrainable(service)) return undefined;
  return markdownFile(runbookPath("rollback"), service.name, [
    `# Roll back ${service.name}`,
    "A rollback is no defeat and needs no permission: whoever is on call runs it when a release explains what customers see. The cause is looked for afterwards.",
    "## One command",
    ...abortFirst(source, delivery.stage),
    shell(rollbackCommand(delivery, repositoryOf(source))),
    [
      `- It brings back the digest that was last promoted to its end in ${code(delivery.stage)}; when that is what runs, the one before it. Another one: \`--field digest=sha256:…\`, as the notes of a release ${code(delivery.tags)} name it.`,
      "- It asks no metrics and waits for no step. The image must be signed, as for every deployment.",
      ...waits(source, delivery.stage),
      "- The reason goes into the record, with who, when and which digests.",
    ],
    "See it through:",
    shell(
      `gh run list --repo ${repositoryOf(source)} --workflow ${delivery.workflow} --limit 3`,
      ...clusterPlaces(source)
        .filter(({ stage, workload }) => stage === delivery.stage && workload === "rollout")
        .map((place) => rollouts(place, "status")),
    ),
    "What is known to be good, what was before it, and what runs:",
    shell(...notes(source)),
    ...frozen(source, service),
    ...away(source, service),
    "## Data",
    `A rollback moves code, never data. What a release did to the data stands in its notes, under "Migrations": ${sentence(delivery.migrationNotes)}${service.runbooks.includes("migration") ? " Why the version before still works with the schema of the newer one, and what to do when it does not: [migrations](migration.md)." : ""}`,
    "## It doesn't end",
    escalation(source),
  ]);
}

/** What GitHub asks for before the workflow may touch the stage. */
function waits(source: RunbookSource, name: string): readonly string[] {
  const stage = source.service.stages[name];
  if (stage === undefined || (stage.reviewers.length === 0 && stage.waitMinutes === 0)) return [];
  const approval = stage.reviewers.map((role) => notified(role, source)).join(" or ");
  const parts = [
    ...(approval === ""
      ? []
      : [`the approval of ${approval}${stage.preventSelfReview ? ", not of whoever started it" : ""}`]),
    ...(stage.waitMinutes === 0 ? [] : [minutes(stage.waitMinutes)]),
  ];
  return [
    `- The environment ${code(name)} asks for ${parts.join(", and then waits ")}. Aborting a canary needs neither. When that is too long, go back by hand (below), and run this afterwards.`,
  ];
}

function notes(source: RunbookSource): readonly string[] {
  const show = [
    `{{index .metadata.annotations "${KUBERNETES.knownGood}"}}`,
    `{{index .metadata.annotations "${KNOWN_GOOD_BEFORE}"}}`,
    "{{(index .spec.template.spec.containers 0).image}}",
  ].join('{{"\\n"}}');
  return clusterPlaces(source).map(
    (place) => `${kubectl(place, `get ${workloadOf(place)} --output go-template='${show}{{"\\n"}}'`)} # ${place.stage}`,
  );
}

function frozen(source: RunbookSource, { cluster: { train } }: Trainable): readonly Block[] {
  const repository = repositoryOf(source);
  const ref = `refs/tags/${FREEZE_TAG}`;
  return [
    "## Releases are frozen",
    `A rollback leaves the tag ${code(FREEZE_TAG)}. While it is there nothing is released, however often somebody starts the train; rollbacks run. Why it is there:`,
    shell(`git fetch origin ${ref}:${ref}`, `git for-each-ref --format='%(taggerdate:iso) %(contents)' ${ref}`),
    `${notified(train.unfreeze, source)} may remove it, when the cause is found and its fix is on \`main\`, or when the release had nothing to do with it. Write which of the two into the incident, then:`,
    shell(
      `git push origin --delete ${ref}`,
      `gh workflow run ${deliveryOf(source.service)?.workflow ?? ""} --repo ${repository} --ref main ${deliveryOf(source.service)?.again ?? ""}`,
    ),
    `Freezing by hand, before a risky day or while an incident is open, is the same tag: \`git tag --annotate ${FREEZE_TAG} --message "<why>" && git push origin ${ref}\`.`,
  ];
}

function away(source: RunbookSource, { cluster: { train } }: Trainable): readonly Block[] {
  const place = placeOf(source, train.stage);
  const deployment = place?.workload === "deployment";
  return [
    "## What is away?",
    table(
      ["Away", "What it means", "What to do"],
      [
        ["The metrics store", "No canary gets a verdict.", "Roll back as above: it asks for none."],
        [
          "The registry",
          "Signatures can't be verified, so the workflow refuses. Nodes that have the image start pods of it.",
          deployment
            ? "By hand, below: the version before needs nothing from the registry where a node has its image."
            : "A canary runs: abort it; the version before has its pods and needs no image. Else by hand, below.",
        ],
        ["GitHub", "No workflow runs.", "By hand, below."],
        [
          "The cluster's API",
          "Nothing can be changed. Pods go on, and so do requests.",
          "Call the cluster's owners; keep people informed. Roll back when it answers.",
        ],
        [
          "The cluster",
          "The service is down, with every version of it.",
          "No rollback helps: it is the cluster's incident. Say so in the channel.",
        ],
      ],
    ),
    "By hand, with a login of your own; between the first and the second command wait until the controller has seen the change (a few seconds):",
    shell(...undoCommands(source, train.stage)),
    `The train doesn't know of it until it runs again: when GitHub is back, run the one command above with the digest that runs, so that it is noted and releases are frozen. ${prose(`Who may log in to the cluster by hand is for ${train.unfreeze} and the cluster's owners to say before it is needed.`)}`,
  ];
}
