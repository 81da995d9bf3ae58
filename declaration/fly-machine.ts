import { z } from "zod";
import { literals, wanted, wholeNumber } from "./values";

/** Size of a Machine. Memory goes with the processors: 256 to 2,048 MiB for a shared one, 2,048 to 8,192 for one of its own. */
export const FlyMachine = z.strictObject({
  /** `shared` processors are slowed down when they are used for long; `performance` ones are the Machine's own. */
  cpuKind: literals(["shared", "performance"], "the kind of processors"),
  cpus: z.literal([1, 2, 4, 6, 8, 10, 12, 14, 16], {
    error: wanted(
      "1, 2, 4, 6, 8, 10, 12, 14 or 16 processors",
      "write a number that Fly sells",
      "https://fly.io/docs/machines/guides-examples/machine-sizing/",
    ),
  }),
  memoryMebibytes: wholeNumber({
    what: "MiB",
    from: 256,
    to: 131_072,
    remedy: "write the memory of one Machine, in steps of 256",
  }),
});
export type FlyMachine = z.infer<typeof FlyMachine>;
