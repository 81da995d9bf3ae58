import { Construct } from "constructs";
import { MuteTiming } from "./resources/mute-timing";

const WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

export interface QuietTimingProps {
  /** Unique in the organization. */
  readonly name: string;
  /** Periods of the day, `HH:MM`, the end not included; `24:00` ends a day. */
  readonly times: readonly { readonly start: string; readonly end: string }[];
  /** Order doesn't matter. @default - every day */
  readonly weekdays?: readonly (typeof WEEK)[number][] | undefined;
  /** IANA time zone. @default - UTC */
  readonly location?: string | undefined;
}

/** When policies that name it send nothing. What still fires afterwards is sent then. */
export class QuietTiming extends Construct {
  /** Name as a reference: policies that use it are made after it. */
  readonly timingName: string;

  /** @throws Error if a period ends before it begins, which Grafana refuses */
  constructor(scope: Construct, id: string, props: QuietTimingProps) {
    super(scope, id);
    for (const { start, end } of props.times) {
      if (start >= end)
        throw new Error(
          `quiet hours "${props.name}": came ${start} to ${end}, expected an end after the start; write a period over midnight as two`,
        );
    }
    const { weekdays, location } = props;
    const timing = new MuteTiming(this, "Default", {
      name: props.name,
      intervals: [
        {
          times: props.times.map(({ start, end }) => ({ start, end })),
          ...(weekdays !== undefined && { weekdays: WEEK.filter((day) => weekdays.includes(day)) }),
          ...(location !== undefined && { location }),
        },
      ],
      // As contact points: the tree must name the new one before the old one goes.
      lifecycle: { createBeforeDestroy: true },
    });
    this.timingName = timing.name;
  }
}
