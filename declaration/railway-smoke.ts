import { z } from "zod";
import { matching, settingKey, wanted, wholeNumber } from "./values";

const path = matching(
  /^\/(?!\/)(?!.*\.\.)[\w./~-]{0,200}(?:\?[\w.~=&%+,:-]{1,200})?$/,
  'a path such as "/v1/items?limit=1", without spaces',
  "write a path that begins with /; write what is special in a query as %XX",
);

const headerName = matching(
  /^[A-Za-z][A-Za-z0-9-]{0,60}$/,
  'the name of a header, such as "X-API-Key"',
  "write the header's name alone, without a colon",
);

const json = matching(
  /^\{[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{0,998}\}$/u,
  "a JSON object on one line, at most 1,000 characters",
  'write what the endpoint takes, such as {"event":"smoke-test"}',
);

/** A request that must be answered with 200 and JSON. */
export const SmokeEndpoint = z.strictObject({
  path,
  /** Secret: API key that the request is made with. */
  key: settingKey,
  /** JSON to post. @default - a GET */
  body: json.optional(),
});
export type SmokeEndpoint = z.infer<typeof SmokeEndpoint>;

/** What a deployment is asked from outside before it counts as released. Nothing of it may change what customers see. */
export const RailwaySmoke = z.strictObject({
  /** Header that carries the API key. */
  keyHeader: headerName,
  /** Word before the key, such as `Bearer`. @default - the key alone */
  keyScheme: matching(/^[A-Za-z][A-Za-z0-9-]{0,30}$/, "the name of a scheme", "write one word").optional(),
  list: SmokeEndpoint,
  preview: SmokeEndpoint,
  audit: SmokeEndpoint,
  /** A webhook whose body is signed with HMAC-SHA256, in hexadecimal digits. */
  webhook: z.strictObject({
    path,
    /** JSON to post: an event that changes nothing. */
    body: json,
    /** Secret: signs the body. */
    secret: settingKey,
    /** Header that carries the signature. */
    header: headerName,
    /** Text before the digits. @default - the digits alone */
    prefix: matching(
      /^[\w.:=-]{1,20}$/,
      'a prefix such as "sha256="',
      "write what stands before the digits",
    ).optional(),
  }),
  /** Headers that every answer of `list` must carry. */
  rateLimitHeaders: z
    .array(headerName)
    .min(1, { error: wanted("at least one header", 'name the headers, such as ["RateLimit-Limit"]') })
    .readonly(),
  /** So many requests at once: the last check, for the key is limited afterwards. At least one of them must be answered with 429. */
  burst: z.strictObject({
    path,
    /** Secret: API key that is limited. */
    key: settingKey,
    requests: wholeNumber({
      what: "requests",
      from: 2,
      to: 1000,
      remedy: "write more requests than the limit lets through; 65 for a limit of 60",
    }),
  }),
});
export type RailwaySmoke = z.infer<typeof RailwaySmoke>;
