import { z } from "zod";
import { PHASES, phaseNumber } from "../declaration/phase";

const level = z.enum(["advisory", "blocking"]);

/** What a finding does: `advisory` ones are shown, `blocking` ones fail the run. */
export type PolicyLevel = z.infer<typeof level>;

const phases = z.enum(PHASES.map(({ name }) => name));

/** What the METADATA annotation at the head of a rule says; OPA's own keys, and ours below `custom`. */
export const RuleMetadata = z.strictObject({
  /** What is true where the rule finds nothing. */
  title: z.string().min(1),
  description: z.string().min(1),
  custom: z.strictObject({
    /** The name of its file, without the ending. */
    id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
    level,
    /**
     * Of services on their way through the phases: the level from a phase on. Before the first that is named, the rule is advisory.
     * @default - `level`, in every phase
     */
    phases: z.partialRecord(phases, level).optional(),
    /** Of what belongs to a stage of that name: the level there. @default - as everywhere */
    stages: z.record(z.string(), level).optional(),
    /** What may happen without it. */
    reason: z.string().min(1),
    /** What to do about a finding. */
    remedy: z.string().min(1),
    links: z.array(z.url()).min(1),
    /** Rules of others that it answers, such as "OpenSSF Scorecard: Branch-Protection". Numbers have the version that counts so. */
    external: z.array(z.string().regex(/^[^:]+: [^:]+$/, 'expected "<whose>: <which>"')).default([]),
  }),
});

/** One rule of `policies/<pack>/<id>.rego`. */
export interface PolicyRule {
  /** `<pack>/<id>`: what reports and waivers call it. */
  readonly name: string;
  readonly pack: string;
  readonly title: string;
  readonly description: string;
  readonly level: PolicyLevel;
  readonly phases: Readonly<Partial<Record<string, PolicyLevel>>> | undefined;
  readonly stages: Readonly<Record<string, PolicyLevel>> | undefined;
  readonly reason: string;
  readonly remedy: string;
  readonly links: readonly string[];
  readonly external: readonly string[];
}

/** Whose a document is, as far as levels depend on it. */
export interface Belonging {
  /** @default - the last one */
  readonly phase?: number | undefined;
  /** @default - it belongs to no stage */
  readonly stage?: string | undefined;
}

/** The level of a rule there. The stage is asked first: it is the narrower of the two. */
export function levelOf(
  rule: Pick<PolicyRule, "level" | "phases" | "stages">,
  { phase, stage }: Belonging,
): PolicyLevel {
  const ofStage = stage === undefined ? undefined : rule.stages?.[stage];
  if (ofStage !== undefined) return ofStage;
  if (rule.phases === undefined) return rule.level;
  const reached = PHASES.filter(({ name }) => phaseNumber(name) <= (phase ?? PHASES.length - 1));
  const named = reached.map(({ name }) => rule.phases?.[name]).filter((each) => each !== undefined);
  return named.at(-1) ?? "advisory";
}

/** The level in words: `blocking`, or `advisory, blocking from the phase "security" on, advisory in the stage dev`. */
export function levelWords({ level, phases, stages }: Pick<PolicyRule, "level" | "phases" | "stages">): string {
  const first = phases === undefined ? level : levelOf({ level, phases, stages: undefined }, { phase: 0 });
  const later = PHASES.flatMap(({ name }) => {
    const from = phases?.[name];
    return from === undefined || phaseNumber(name) === 0 ? [] : [`${from} from the phase "${name}" on`];
  });
  const inStages = Object.entries(stages ?? {}).map(([stage, there]) => `${there} in the stage "${stage}"`);
  return [first, ...later, ...inStages].join(", ");
}
