import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { Clock } from "./clock";
import { printable } from "./console";
import { Failure, messageOf } from "./failure";

export interface HealthOptions {
  /** Where the preview answers by name. */
  readonly host: string;
  /** Its readiness path. */
  readonly path: string;
  /** Where to ask in place of `https://<host>`; the request still names the host. @default - by name */
  readonly entrance?: URL | undefined;
  readonly attempts: number;
  readonly everySeconds: number;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** How long one try may take. Milliseconds. @default 10 seconds */
  readonly timeoutMilliseconds?: number | undefined;
  /** Told of each try that failed. */
  readonly failed: (attempt: number, reason: string) => void;
}

const TIMEOUT_MILLISECONDS = 10_000;

/**
 * Asks for the health of a preview until it answers with 200 to 299. A redirect is not followed and not health: somebody else may be answering.
 *
 * @throws Failure after the last try
 */
export async function untilHealthy(options: HealthOptions): Promise<void> {
  const { attempts, everySeconds, clock, signal } = options;
  const url = new URL(options.path, options.entrance ?? `https://${options.host}`);
  let reason = "";
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    signal?.throwIfAborted();
    if (attempt > 1) await clock.sleep(everySeconds * 1000, signal);
    try {
      const status = await statusOf(url, options);
      if (status >= 200 && status < 300) return;
      reason = `it answered ${status}`;
    } catch (error) {
      signal?.throwIfAborted();
      reason = printable(messageOf(error)) || "no answer";
    }
    options.failed(attempt, reason);
  }
  throw new Failure(
    `the preview did not get healthy: ${url.href} was asked ${attempts} times, ${everySeconds} s apart; at last: ${reason}\nexpected an answer of 200 to 299`,
  );
}

/** A socket of its own for every try: one that is kept open would go on asking a pod that is about to end. */
function statusOf(url: URL, options: HealthOptions): Promise<number> {
  const { host, timeoutMilliseconds = TIMEOUT_MILLISECONDS } = options;
  const timeout = AbortSignal.timeout(timeoutMilliseconds);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]);
  const request = url.protocol === "http:" ? requestHttp : requestHttps;
  return new Promise((resolve, reject) => {
    request(
      url,
      { agent: false, servername: host, headers: { host, "user-agent": "gatehouse" }, signal },
      (response) => {
        response.destroy();
        resolve(response.statusCode ?? 0);
      },
    )
      .once("error", (error) =>
        reject(timeout.aborted ? new Error(`no answer within ${timeoutMilliseconds / 1000} s`) : error),
      )
      .end();
  });
}

/**
 * The address of `--health-url` or `GATEHOUSE_PREVIEW_HEALTH_URL`.
 *
 * @throws Failure, which never quotes it: it may hold a password
 */
export function entranceOf(text: string | undefined): URL | undefined {
  if (text === undefined || text === "") return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "") return url;
  throw new Failure(
    "--health-url (or GATEHOUSE_PREVIEW_HEALTH_URL) is no http or https address, or holds a login\nexpected where the cluster's entrance is, such as http://127.0.0.1:8080; the preview's host is sent along",
  );
}
