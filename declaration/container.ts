import { z } from "zod";
import { dnsLabel, matching, wanted, wholeNumber } from "./values";

const port = (what: string) =>
  wholeNumber({
    what: `ports (${what})`,
    from: 1024,
    to: 65_535,
    remedy: "write 1024 or more: a container without privileges can't listen below",
  });

const path = matching(
  /^\/(?!\/)[\w./-]{0,100}$/,
  'a path such as "/healthz", without spaces',
  "write a path that begins with /",
);

/** A check by HTTP: 200 to 399 is well. https://kubernetes.io/docs/concepts/workloads/pods/probes/ */
export const Probe = z.strictObject({
  path,
  everySeconds: wholeNumber({ what: "seconds", from: 1, to: 300, remedy: "10 is usual" }),
  /** Failures in a row that count. */
  failures: wholeNumber({ what: "failures", from: 1, to: 100, remedy: "3 is usual" }),
});
export type Probe = z.infer<typeof Probe>;

const millis = (what: string) =>
  wholeNumber({ what: `thousandths of a CPU (${what})`, from: 1, to: 256_000, remedy: "write e.g. 250 for a quarter" });
const mebibytes = (what: string) =>
  wholeNumber({ what: `mebibytes (${what})`, from: 4, to: 2_000_000, remedy: "write e.g. 256" });

/** The one container of a pod. Its root is read-only, and it has no privileges. */
export const Container = z.strictObject({
  /** Port of HTTP. */
  port: port("HTTP"),
  /** Where Prometheus reads metrics. @default - nothing is scraped */
  metrics: z.strictObject({ port: port("metrics"), path }).optional(),
  /** Requests come only while it is well. */
  readiness: Probe,
  /** The container is started again when it is not. */
  liveness: Probe,
  /** A start that takes longer has failed. Seconds. */
  startWithinSeconds: wholeNumber({ what: "seconds", from: 1, to: 3600, remedy: "60 is usual" }),
  /** Time to finish requests when it is stopped. Seconds. */
  stopWithinSeconds: wholeNumber({ what: "seconds", from: 1, to: 3600, remedy: "30 is usual" }),
  /** CPU that a pod asks for. Thousandths. */
  cpuMillis: millis("asked for"),
  /** The most CPU that it gets. Thousandths. @default - what is free: throttling makes slow what need not be */
  cpuLimitMillis: millis("at most").optional(),
  /** Memory that it asks for, and the most it gets. Mebibytes. */
  memoryMebibytes: mebibytes("asked for and at most"),
  /** Directories it may write to; they are empty at the start. @default - none */
  writable: z
    .array(
      matching(
        /^(?!\/(?:proc|sys|dev|etc)(?:\/|$))(?:\/(?!\.{1,2}(?:\/|$))[\w.-]+){1,10}$/,
        'an absolute directory such as "/tmp"',
        "write it without .. and not in /proc, /sys, /dev or /etc",
      ),
    )
    .min(1, { error: wanted("at least one directory", "leave the property out instead") })
    .readonly()
    .optional(),
  /** User that it runs as, by number. */
  user: wholeNumber({ what: "user ids", from: 1, to: 4_294_967_294, remedy: "write the image's user; 0 is root" }),
  /**
   * Secret in the namespace whose keys become environment variables. It must be there: a controller makes it of
   * what is sealed under `cluster.secrets`, or somebody does. @default - none
   */
  secret: dnsLabel("the Secret's name").optional(),
});
export type Container = z.infer<typeof Container>;
