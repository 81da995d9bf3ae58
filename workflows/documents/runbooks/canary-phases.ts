/**
 * What Argo Rollouts says of a Rollout, and what to make of it. Phases and messages:
 * https://github.com/argoproj/argo-rollouts/blob/v1.10.0/utils/rollout/rolloututil.go#L64 and `utils/conditions/conditions.go`.
 */
export const ROLLOUT_PHASES: readonly (readonly string[])[] = [
  ["`Healthy`", "", "One version has all requests, and all its pods are ready.", "Nothing."],
  [
    "`Progressing`",
    "`more replicas need to be updated`, `updated replicas are still becoming available`, `waiting for all steps to complete`",
    "Pods start, or an analysis measures.",
    "Wait. Pods that don't get ready end it by themselves.",
  ],
  [
    "`Paused`",
    "`CanaryPauseStep`",
    "A step is being watched; it goes on by itself when its time is over.",
    "Watch the dashboard.",
  ],
  [
    "`Paused`",
    "`InconclusiveAnalysisRun`",
    "An analysis came to no verdict.",
    'Decide: "No verdict" below. It waits for ever.',
  ],
  ["`Paused`", "`manually paused`", "A person has paused it.", "Ask in the channel who, and why."],
  [
    "`Degraded`",
    "`RolloutAborted`",
    "It was aborted: by an analysis that failed or could not ask, or by a person. The version before has all requests.",
    "The train takes the image back and freezes; if it doesn't, roll back.",
  ],
  [
    "`Degraded`",
    "`ProgressDeadlineExceeded`",
    "The new pods did not get ready in time.",
    "Look at their events and logs; roll back.",
  ],
  ["`Degraded`", "`InvalidSpec`", "The Rollout itself is wrong.", "Apply the stage again; call the platform's owners."],
];

/** What people see while a canary runs, and what they do. */
export const CANARY_SIGHTS: readonly (readonly string[])[] = [
  ["Errors begin with the canary, and it has not stopped itself", "Abort. Nobody asks for a reason afterwards."],
  [
    "It has aborted by itself",
    "Nothing at once: it did what it is for. Find the cause before the next release; the freeze gives the time.",
  ],
  ["It waits, without a verdict", '"No verdict", below.'],
  [
    "It has aborted with `Error`: the metrics store did not answer",
    "Repair the store, see the dashboard draw again, and release again. It says nothing of the version.",
  ],
  [
    "The workflow that watched it has died, or GitHub is away",
    "Nothing at once: the controller goes on. Start the workflow with the action `resume` later; it sees the end and writes it down.",
  ],
  [
    "Both versions are slow",
    "It is not the canary. Look at what both need (database, network); pause nothing, release nothing.",
  ],
  [
    "A Rollout with an image that no release has brought",
    "Somebody changed it by hand. Ask in the channel; a release or a rollback puts it right.",
  ],
];
