import { daysBetween, isDay } from "../calendar-day";
import { MOST_CONFIG_MAP_BYTES, MOST_KV_BYTES, previewFlags, stageFlags } from "../flag-document";
import { type Flag, PERMANENT } from "../flags";
import { flagStages } from "../flags-in-phase";
import { show } from "../problem";
import type { CheckContext } from "./context";
import { refersTo } from "./refers-to";

/** The longest that a flag may stay after a review: what nobody looks at for so long is no longer being rolled out. Days. */
const MOST_DAYS = 180;

/** Flags have an owner, an end and a safe value, and reach what runs. Whether one's end has passed is a matter of the clock: `flagsOutOfTime`. */
export function flagsProblems(context: CheckContext): void {
  const { service, report } = context;
  const { flags, cluster } = service;
  if (flags === undefined) return;
  const { pods, workers } = flagStages(service);
  if (pods.length + workers.length === 0) {
    report(["flags"], {
      came: "flags of a service without pods in a cluster and without a Worker",
      expected: "something that reads them: Gatehouse delivers flags as a ConfigMap and into Workers KV",
      remedy: "remove flags, or declare cluster or edge",
    });
    return;
  }
  namespace(context, workers);
  alike(context);
  for (const [key, flag] of Object.entries(flags.registry)) {
    const path = ["flags", "registry", key];
    refersTo(
      report,
      [...path, "owner"],
      flag.owner,
      Object.keys(service.owners),
      "roles in owners",
      "name who owns it",
    );
    for (const stage of Object.keys(flag.values ?? {})) {
      refersTo(
        report,
        [...path, "values", stage],
        stage,
        [...new Set([...pods, ...workers])],
        "stages with pods or a Worker",
        "name one of these, or leave the stage out",
      );
    }
    if (flag.preview !== undefined && cluster?.previews === undefined) {
      report([...path, "preview"], {
        came: `${show(flag.preview)}, in a service without previews in a cluster`,
        expected: "previews that read it",
        remedy: "remove the property, or declare cluster.previews",
      });
    }
    chosen(context, path, flag);
    safe(context, path, flag);
    ends(context, path, flag);
  }
  for (const stage of new Set([...pods, ...workers])) {
    if (pods.includes(stage)) fits(context, stageFlags(service, stage), stage, "a ConfigMap", MOST_CONFIG_MAP_BYTES);
    if (workers.includes(stage))
      fits(context, stageFlags(service, stage), stage, "a value of Workers KV", MOST_KV_BYTES);
  }
  if (cluster?.previews !== undefined)
    fits(context, previewFlags(service), "previews", "a ConfigMap", MOST_CONFIG_MAP_BYTES);
}

/** A Worker reads the flags from a namespace that it is bound to. */
function namespace({ service, report }: CheckContext, workers: readonly string[]): void {
  const kv = service.flags?.kv;
  const known = Object.keys(service.edge?.kv ?? {});
  if (kv !== undefined) {
    refersTo(report, ["flags", "kv"], kv, known, "namespaces in edge.kv", "declare it with a name for each stage");
  } else if (workers.length > 0) {
    report(["flags", "kv"], {
      came: "nothing, in a service with a Worker",
      expected: "the key of edge.kv whose namespace the Worker reads its flags from",
      remedy: 'declare edge.kv.flags with names and a binding, and write kv: "flags"',
    });
  }
}

/** Keys that differ by their dashes only are taken for one another. */
function alike({ service, report }: CheckContext): void {
  const seen = new Map<string, string>();
  for (const key of Object.keys(service.flags?.registry ?? {})) {
    const letters = key.replaceAll("-", "");
    const other = seen.get(letters);
    if (other !== undefined) {
      report(["flags", "registry", key], {
        came: `${show(key)}, beside ${show(other)}`,
        expected: "keys that differ by more than their dashes",
        remedy: "make one flag of both, or rename one",
      });
    }
    seen.set(letters, key);
  }
}

/** What is chosen can be chosen, and each choice is there once. */
function chosen({ report }: CheckContext, path: readonly PropertyKey[], flag: Flag): void {
  if (flag.kind !== "text") return;
  const { choices } = flag;
  choices.forEach((choice, index) => {
    if (choices.indexOf(choice) === index) return;
    report([...path, "choices", index], {
      came: `${show(choice)} a second time`,
      expected: "each choice once",
      remedy: "remove one",
    });
  });
  const places: readonly (readonly [readonly PropertyKey[], string | undefined])[] = [
    [["default"], flag.default],
    ...Object.entries(flag.values ?? {}).map(([stage, value]) => [["values", stage], value] as const),
    [["preview"], flag.preview],
  ];
  for (const [at, value] of places)
    if (value !== undefined) refersTo(report, [...path, ...at], value, choices, "choices", "add it to choices");
}

/** What a kill switch guards stands still where nobody said that it runs, and where the flags can't be read. */
function safe({ report }: CheckContext, path: readonly PropertyKey[], flag: Flag): void {
  if (flag.kind !== "boolean" || !flag.killSwitch || !flag.default) return;
  report([...path, "default"], {
    came: "true, of a kill switch",
    expected: "false: what it guards stands still where a stage says nothing, and where the flags can't be read",
    remedy: "write default: false, and true in values of the stages where it runs",
  });
}

/** A flag ends soon after somebody looked at it; only kill switches stay. */
function ends({ report }: CheckContext, path: readonly PropertyKey[], flag: Flag): void {
  if (flag.expires === PERMANENT) {
    if (flag.kind === "boolean" && flag.killSwitch) return;
    report([...path, "expires"], {
      came: `${show(PERMANENT)}, of a flag that is no kill switch`,
      expected: "a last day: what is decided is removed from the code",
      remedy: `write a day at most ${MOST_DAYS} days after the review, or make a setting of it`,
    });
    return;
  }
  // What is no day has been said to be none.
  if (!isDay(flag.reviewed) || !isDay(flag.expires)) return;
  const days = daysBetween(flag.reviewed, flag.expires);
  if (days >= 1 && days <= MOST_DAYS) return;
  report([...path, "expires"], {
    came:
      days < 1
        ? `${flag.expires}, with a review on ${flag.reviewed}`
        : `${flag.expires}, ${days} days after the review`,
    expected: `a day after the review, at most ${MOST_DAYS} days later`,
    remedy: "write an earlier day; when it has come and the flag is still needed, review it again",
  });
}

function fits({ report }: CheckContext, document: string | undefined, where: string, what: string, most: number): void {
  const bytes = Buffer.byteLength(document ?? "");
  if (bytes <= most) return;
  report(["flags", "registry"], {
    came: `${bytes.toLocaleString("en")} bytes of flags for ${where}`,
    expected: `at most ${most.toLocaleString("en")} bytes, which is what ${what} holds`,
    remedy: "remove flags that are decided; data that is no flag belongs into a store of its own",
  });
}
