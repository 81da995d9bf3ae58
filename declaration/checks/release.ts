import { didYouMean, oneOf, show } from "../problem";
import type { CheckContext } from "./context";
import { fromMain, rehearsesElsewhere } from "./from-main";
import { percentSteps } from "./percent-steps";
import { readsSetting } from "./reads-setting";
import { tokenMay } from "./token-permissions";

/** Releases come from `main` only, step up to 100 %, and find in their environments what they read. */
export function releaseProblems(context: CheckContext): void {
  const { service, report } = context;
  const { release, edge } = service;
  if (release === undefined) return;
  if (edge === undefined) {
    report(["release"], {
      came: "a release without anything at the edge",
      expected: "edge: releases are versions of a Worker",
      remedy: "declare edge, or drop release",
    });
    return;
  }
  const stages = [
    { path: ["release", "stage"], stage: release.stage },
    ...(release.rehearsal === undefined ? [] : [{ path: ["release", "rehearsal"], stage: release.rehearsal }]),
  ];
  const withWorker = Object.keys(edge.workers).filter((stage) => Object.hasOwn(service.stages, stage));
  for (const { path, stage } of stages) {
    if (!withWorker.includes(stage)) {
      report(path, {
        came: show(stage),
        expected: oneOf(withWorker, "stages with a Worker"),
        remedy: `name one of them${didYouMean(stage, withWorker)}`,
      });
      continue;
    }
    fromMain(context, stage);
    if (!Object.hasOwn(edge.addresses, stage)) {
      report(["edge", "addresses"], {
        came: `no address for "${stage}"`,
        expected: "an address to check after the release",
        remedy: `declare edge.addresses.${stage}`,
      });
    }
  }
  rehearsesElsewhere(context, ["release"], release);
  percentSteps(report, ["release", "steps"], release.steps);
  const environments = stages.map(({ stage }) => stage).filter((stage) => Object.hasOwn(service.stages, stage));
  readsSetting(context, ["release", "token"], release.token, "secret", environments);
  readsSetting(context, ["release", "accountId"], release.accountId, "variable", environments);
  readsSetting(context, ["release", "healthcheckUrl"], release.healthcheckUrl, "variable", environments);
  const permissions =
    edge.d1 === undefined ? (["Workers Scripts Write"] as const) : (["Workers Scripts Write", "D1 Write"] as const);
  tokenMay(context, release.token, permissions, "the release deploys with this token");
}
