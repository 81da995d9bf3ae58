import { environmentsOf } from "../../declaration/environments";
import type { SealedSecrets } from "../../declaration/sealed";
import type { Service } from "../../declaration/service";
import type { Setting } from "../../declaration/settings";
import type { RenderedFile } from "../rendered-file";
import { settingsRead } from "../settings-read";
import type { Workflow } from "../workflow";
import { code, markdownFile, prose, shell, table } from "./markdown";
import { days, everyDays } from "./periods";
import type { Block, RunbookSource } from "./runbooks/runbook-source";
import { teamMention } from "./team-mention";

type Secret = Extract<Setting, { readonly kind: "secret" }>;

export interface InventorySource extends RunbookSource {
  readonly workflows: readonly Workflow[];
  /** When each was renewed, and when it is due. */
  readonly sealed: SealedSecrets;
}

/** Every secret by the place where it is, with who answers for it, when it was renewed and is due, and what reads it. Nothing here depends on today. */
export function secretsInventory(source: InventorySource): RenderedFile | undefined {
  const { service } = source;
  const secrets = Object.entries(service.settings).flatMap(([key, setting]) =>
    setting.kind === "secret" ? [[key, setting] as const] : [],
  );
  const inClusters = ofClusters(source);
  if (secrets.length === 0 && inClusters.length === 0) return undefined;
  return markdownFile("docs/secrets-inventory.md", service.name, [
    "# Inventory of secrets",
    "Every secret by the place where it is. Names and dates only: a value is written nowhere. It is renewed no later than it is due; what nobody has sealed yet has no dates here. The [matrix](secret-matrix.md) has the same keys beside the variables.",
    ...rule(service),
    ...environmentsOf(service).flatMap(({ name }) => ofEnvironment(name, secrets, source)),
    ...inClusters,
    ...ofMachines(secrets, source),
    "## The repository, the organization and Dependabot",
    "None. A secret of one of these places reaches workflows that no environment guards. What is set all the same, in these places or in an environment, and what is declared and not set, says in the platform's repository:",
    shell(`npx gatehouse secrets ${service.name}`),
  ]);
}

function rule({ secretRotation }: Pick<Service, "secretRotation">): readonly Block[] {
  if (secretRotation === undefined) return [];
  const { from, to } = secretRotation;
  return [
    `Each is renewed every ${from === to ? days(to) : `${from} to ${days(to)}`}; other declarations are refused.`,
  ];
}

function ofEnvironment(
  environment: string,
  secrets: readonly (readonly [string, Secret])[],
  source: InventorySource,
): readonly Block[] {
  const here = secrets.filter(([, { environments }]) => environments.includes(environment));
  if (here.length === 0) return [];
  return [
    `## Environment ${code(environment)}`,
    table(
      ["Secret", "For", "Owner", "Renewed", "Last rotation", "Due", "Read by"],
      here.map(([key, secret]) => {
        const value = source.sealed[environment]?.[key];
        return [
          code(key),
          prose(secret.description),
          owner(secret, source),
          everyDays(secret.rotateEveryDays),
          value === undefined ? "not sealed yet" : dateOf(value.sealedAt),
          value === undefined ? "" : dateOf(value.rotateBy),
          readers(source.workflows, environment, key),
        ];
      }),
    ),
  ];
}

function ofClusters({ service, organization }: InventorySource): readonly Block[] {
  const { container, secrets, stages } = service.cluster ?? {};
  if (container?.secret === undefined || secrets === undefined || stages === undefined) return [];
  const namespaces = Object.values(stages).map(({ namespace }) => code(namespace));
  return [
    "## Clusters",
    `The Secret ${code(container.secret)} in ${namespaces.join(", ")}: the container has its keys as environment variables. Each stage has values of its own; when they were sealed and are due is written beside them, in the platform's repository.`,
    table(
      ["Key", "For", "Owner", "Renewed"],
      Object.entries(secrets).map(([key, secret]) => [
        code(key),
        prose(secret.description),
        owner(secret, { service, organization }),
        everyDays(secret.rotateEveryDays),
      ]),
    ),
  ];
}

function ofMachines(secrets: readonly (readonly [string, Secret])[], source: InventorySource): readonly Block[] {
  const here = secrets.filter(([, { local }]) => local !== "absent");
  if (here.length === 0) return [];
  return [
    "## Machines of people",
    "Everyone has values of their own, in `.env`, which Git ignores; they renew them as often, and on the day they leave.",
    table(
      ["Secret", "For", "Owner", "Renewed", "Needed"],
      here.map(([key, secret]) => [
        code(key),
        prose(secret.description),
        owner(secret, source),
        everyDays(secret.rotateEveryDays),
        secret.local === "required" ? "yes" : "no",
      ]),
    ),
  ];
}

function owner(secret: Pick<Secret, "owner">, { service, organization }: RunbookSource): string {
  return `${code(secret.owner)} (${code(teamMention(secret.owner, service, organization))})`;
}

/** The jobs of each workflow that find the secret in the environment. */
function readers(workflows: readonly Workflow[], environment: string, key: string): string {
  const found = workflows.flatMap((workflow) => {
    const jobs = settingsRead(workflow).filter((read) => read.key === key && read.environment === environment);
    return jobs.length === 0 ? [] : [`${code(workflow.file)}: ${jobs.map(({ job }) => code(job)).join(", ")}`];
  });
  return found.join("; ");
}

/** The day of a time in UTC. */
function dateOf(time: string): string {
  return time.slice(0, 10);
}
