import { z } from "zod";

/**
 * The shapes of OpenSLO v1 that are read. What is not named here is left alone: the specification lets objects grow.
 * https://github.com/OpenSLO/OpenSLO#object-types
 */
const Annotations = z.record(z.string(), z.string()).optional();

const Metadata = z.looseObject({
  name: z.string().min(1),
  displayName: z.string().optional(),
  annotations: Annotations,
});

const Metric = z.looseObject({
  metricSource: z.looseObject({
    type: z.string().optional(),
    metricSourceRef: z.string().optional(),
    spec: z.record(z.string(), z.unknown()),
  }),
});
export type MetricSource = z.infer<typeof Metric>;

export const Sli = z.looseObject({
  description: z.string().optional(),
  thresholdMetric: Metric.optional(),
  ratioMetric: z
    .looseObject({
      counter: z.boolean().optional(),
      good: Metric.optional(),
      bad: Metric.optional(),
      total: Metric.optional(),
      rawType: z.enum(["success", "failure"]).optional(),
      raw: Metric.optional(),
    })
    .optional(),
});
export type Sli = z.infer<typeof Sli>;

const SloObjective = z.looseObject({
  displayName: z.string().optional(),
  op: z.enum(["lte", "gte", "lt", "gt"]).optional(),
  value: z.number().optional(),
  target: z.number().optional(),
  targetPercent: z.number().optional(),
  timeSliceTarget: z.number().optional(),
  timeSliceWindow: z.union([z.string(), z.number()]).optional(),
  indicator: z.unknown().optional(),
  indicatorRef: z.string().optional(),
});
export type SloObjective = z.infer<typeof SloObjective>;

export const Slo = z.looseObject({
  metadata: Metadata,
  spec: z.looseObject({
    description: z.string().optional(),
    service: z.string(),
    indicator: z.looseObject({ metadata: Metadata, spec: Sli }).optional(),
    indicatorRef: z.string().optional(),
    timeWindow: z
      .array(
        z.looseObject({ duration: z.string(), isRolling: z.boolean().optional(), calendar: z.unknown().optional() }),
      )
      .optional(),
    budgetingMethod: z.enum(["Occurrences", "Timeslices", "RatioTimeslices"]),
    objectives: z.array(SloObjective).min(1),
    alertPolicies: z.array(z.unknown()).nullish(),
  }),
});
export type Slo = z.infer<typeof Slo>;

export const SliObject = z.looseObject({ metadata: Metadata, spec: Sli });
export type SliObject = z.infer<typeof SliObject>;

/** What every object has. */
export const AnyObject = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
});
