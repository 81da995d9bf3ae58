import { z } from "zod";
import { Visibility } from "../declaration/github-plan";
import { hostileText } from "../declaration/hostile-text";
import { didYouMean, oneOf, type Problem, show } from "../declaration/problem";
import { Service } from "../declaration/service";
import { checkShape } from "../declaration/shape";
import { hostname, slug } from "../declaration/values";
import { KINDS } from "./asked";

/** What is wrong with an answer to a question about a new service, in the words that validation has for it. */
export type AnswerProblems = (answer: string) => readonly Problem[];

const subjectOf = (name: string) => `service ${show(name)}`;

/** The name of a service, which no other has. */
export function nameProblems(taken: readonly string[]): AnswerProblems {
  return (name) => {
    const problems = problemsOf(name, { name: Service.shape.name }, { name });
    if (problems.length > 0 || !taken.includes(name)) return problems;
    return [
      {
        subject: subjectOf(name),
        path: "name",
        came: "a service that is declared already",
        expected: "a name that no other service has",
        remedy: `choose another name; services/${name}.ts declares this one`,
      },
    ];
  };
}

export function kindProblems(name: string): AnswerProblems {
  return (kind) => choiceProblems(subjectOf(name), "kinds", kind, KINDS);
}

export function visibilityProblems(name: string): AnswerProblems {
  return (visibility) =>
    problemsOf(name, { repository: z.object({ visibility: Visibility }) }, { repository: { visibility } });
}

export function descriptionProblems(name: string): AnswerProblems {
  return (description) => problemsOf(name, { description: Service.shape.description }, { description });
}

export function teamProblems(name: string, role: string): AnswerProblems {
  const shape = { owners: z.record(z.string(), z.object({ team: slug("a team's slug") })) };
  return (team) => problemsOf(name, shape, { owners: { [role]: { team } } });
}

export function domainProblems(name: string): AnswerProblems {
  return (domain) => problemsOf(name, { domain: hostname }, { domain });
}

/** A cluster that the organization has. */
export function clusterNameProblems(name: string, clusters: readonly string[]): AnswerProblems {
  return (cluster) => choiceProblems(subjectOf(name), "clusters", cluster, clusters);
}

/** One stage or two, separated by commas. */
export function stagesProblems(name: string): AnswerProblems {
  return (answer) => {
    const stages = stagesIn(answer);
    const shape = { stages: z.record(slug("a stage's name"), z.unknown()) };
    const problems = problemsOf(name, shape, { stages: Object.fromEntries(stages.map((stage) => [stage, {}])) });
    if (problems.length > 0) return problems;
    if (stages.length <= 2 && new Set(stages).size === stages.length) return [];
    return [
      {
        subject: subjectOf(name),
        path: "stages",
        came: stages.join(", "),
        expected: "one stage, or two different ones: where releases are rehearsed, and production",
        remedy: "begin with these; what releases don't go to is added to the declaration by hand",
      },
    ];
  };
}

export function stagesIn(answer: string): readonly string[] {
  return answer.split(",").map((stage) => stage.trim());
}

function problemsOf(name: string, shape: z.ZodRawShape, part: Readonly<Record<string, unknown>>): readonly Problem[] {
  const subject = subjectOf(name);
  const hostile = hostileText(subject, part, () => false);
  return hostile.length > 0 ? hostile : checkShape(subject, z.strictObject(shape), part).problems;
}

function choiceProblems(subject: string, path: string, came: string, choices: readonly string[]): readonly Problem[] {
  if (choices.includes(came)) return [];
  const expected = oneOf(choices, path);
  return [{ subject, path, came: show(came), expected, remedy: `name one of them${didYouMean(came, choices)}` }];
}
