import type { z } from "zod";
import { PinnedAction } from "../../declaration/ci";
import { Address } from "../../declaration/edge";
import { SealedValue } from "../../declaration/sealed";
import {
  codeOwnersPattern,
  cron,
  entryKey,
  hostname,
  identifier32,
  refPattern,
  repositoryPath,
  settingKey,
  slug,
  text,
  wholeNumber,
} from "../../declaration/values";

interface Case {
  readonly schema: z.ZodType;
  readonly fits: readonly unknown[];
  readonly fails: readonly unknown[];
}

const SHA = "11bd71901bbe5b1630ceea73d27597364c9af683";

/** What no name of anything may be. */
const NEVER = [
  "",
  " ",
  "a b",
  "ä",
  "日本",
  "x".repeat(300),
  "a\nb",
  "a\u0000",
  "../x/..",
  "__proto__ ",
  null,
  5,
  {},
  [],
];

const CASES: Readonly<Record<string, Case>> = {
  "a name": {
    schema: slug("a name"),
    fits: ["ab", "openclaw-pos", "a1-2", "x".repeat(40)],
    fails: [...NEVER, "a", "-ab", "ab-", "a--b", "Ab", "1a", "a_b", "x".repeat(41), "__proto__"],
  },
  "the key of an entry": {
    schema: entryKey,
    fits: ["a", "main", "production-backup", "order_items", "x".repeat(40)],
    fails: [...NEVER, "a/b", "a--b", "A", "_a", "a-", "x".repeat(41), "__proto__"],
  },
  "the key of a setting": {
    schema: settingKey,
    fits: ["A", "D1_DATABASE_ID", "X".repeat(100)],
    fails: [...NEVER, "_A", "1A", "a", "GITHUB_TOKEN", "X".repeat(101)],
  },
  "a cron expression": {
    schema: cron,
    fits: ["* * * * *", "17 2 * * *", "23 4 1 1,4,7,10 *", "*/5 0-6 1-15/2 JAN-MAR MON-FRI", "0 9 * * SUN"],
    fails: [
      ...NEVER,
      "@daily",
      "* * * *",
      "* * * * * *",
      "60 * * * *",
      "* 24 * * *",
      "* * 0 * *",
      "* * 32 * *",
      "* * * 13 *",
      "* * * * 1",
      "* * * * mon",
      "*/0 * * * *",
      ",,, * * * *",
      "*  * * * *",
      "5- * * * *",
    ],
  },
  "a host name": {
    schema: hostname,
    fits: ["example.com", "pos.example.com", "xn--bcher-kva.example", "shop.xn--p1ai", "a1.b2.co"],
    fails: [
      ...NEVER,
      "example",
      "example.com.",
      ".example.com",
      "-a.example.com",
      "a_b.example.com",
      "Example.com",
      "https://example.com",
      "example.com/x",
      "example.com:443",
      "127.0.0.1",
      `${"a".repeat(64)}.com`,
      `${"a.".repeat(130)}com`,
    ],
  },
  "a pattern of branches": {
    schema: refPattern,
    fits: ["main", "feat/*", "release/**/*", "v1.2", "user/x_y-z", "*"],
    fails: [
      ...NEVER,
      "/main",
      "main/",
      "a//b",
      "a..b",
      ".a",
      "feat/.a",
      "a.lock",
      "a.lock/b",
      "a.",
      "-a",
      "a~1",
      "a^",
      "a:b",
      "a?b",
      "a[b]",
      "a\\b",
      "@{u}",
      "x".repeat(101),
    ],
  },
  "a path of the repository": {
    schema: repositoryPath("a path"),
    fits: ["src/index.ts", "scripts/*.sh", "**/*.md", ".github/workflows", "a/@scope/b+c", ".", "..."],
    fails: [
      ...NEVER,
      "/etc/passwd",
      "..",
      "../x",
      "a/../b",
      "a/..",
      "-rf",
      "a//b",
      "a;b",
      "a$b",
      "a'b",
      "x".repeat(201),
    ],
  },
  "a pattern of CODEOWNERS": {
    schema: codeOwnersPattern,
    fits: ["*", "/src/", "*.ts", "/docs/**/x.md", "/.github/"],
    fails: ["", "a b", "!a", "[ab]", "#a", "\\#", "x".repeat(201), null, 5],
  },
  "an id of Cloudflare": {
    schema: identifier32,
    fits: ["023e105f4ecef8ad9ca31a8372d0c353"],
    fails: [...NEVER, "023E105F4ECEF8AD9CA31A8372D0C353", "023e105f4ecef8ad9ca31a8372d0c35", "g".repeat(32)],
  },
  "a line of prose": {
    schema: text("a line"),
    fits: ["x", "Straße, 日本語, emoji 👩‍💻, 'quotes' \"and\" `ticks` <b> & $ % {", "x".repeat(350), "👍".repeat(350)],
    fails: [
      "",
      "x".repeat(351),
      "a\nb",
      "a\rb",
      "a\tb",
      "a\u0000b",
      "a\u001b[31mb",
      "a\u2028b",
      "a\u202eb",
      "a\u2066b",
      "a\u200bb",
      "a\ud800b",
      null,
      5,
      {},
    ],
  },
  "an address": {
    schema: Address,
    fits: [
      { hostname: "pos.example.com", zone: "example.com" },
      { route: "api.example.com/pos/*", zone: "example.com" },
      { route: "*.example.com/*", zone: "example.com" },
      { route: "*example.com/", zone: "example.com" },
    ],
    fails: [
      {},
      null,
      "pos.example.com",
      { hostname: "pos.example.com" },
      { hostname: "pos.example.com", zone: "example.com", route: "a.b/*" },
      { route: "https://example.com/*", zone: "example.com" },
      { route: "example.com/*.jpg", zone: "example.com" },
      { route: "a.*.com/", zone: "example.com" },
      { route: "..com/*", zone: "example.com" },
      { route: "example.com/?a=b", zone: "example.com" },
    ],
  },
  "a pinned action": {
    schema: PinnedAction,
    fits: [
      { uses: `actions/checkout@${SHA}`, version: "v4.2.2" },
      { uses: `github/codeql-action/init@${SHA}`, version: "v3" },
    ],
    fails: [
      { uses: "actions/checkout@v4", version: "v4" },
      { uses: `actions/checkout@${SHA}`, version: "latest" },
      { uses: `actions/checkout@${SHA}` },
      { uses: `actions/checkout@${SHA.toUpperCase()}`, version: "v4" },
      { uses: `actions/checkout@${SHA}0`, version: "v4" },
      { uses: `../checkout@${SHA}`, version: "v4" },
      { uses: `actions/..@${SHA}`, version: "v4" },
      { uses: `actions/x/../y@${SHA}`, version: "v4" },
      { uses: `docker://alpine@sha256:${SHA}`, version: "v4" },
    ],
  },
  "a sealed value": {
    schema: SealedValue.shape.ciphertext,
    fits: [`${"A".repeat(66)}==`, "A".repeat(68), `${"A".repeat(71)}=`],
    fails: ["", "hunter2", `${"A".repeat(64)}`, `${"A".repeat(66)}=`, `${"A".repeat(66)}-_`, "A".repeat(69)],
  },
  "a whole number": {
    schema: wholeNumber({ what: "minutes", from: 1, to: 10, remedy: "write one" }),
    fits: [1, 10],
    fails: [0, 11, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "5", null, 5n, [5]],
  },
};

describe.each(Object.entries(CASES))("%s", (_what, { schema, fits, fails }) => {
  test.each(fits.map((value) => [value]))("fits: %j", (value) => {
    expect(schema.safeParse(value).success).toBe(true);
  });

  test.each(fails.map((value) => [typeof value === "bigint" ? String(value) : show(value), value]))(
    "is refused: %s",
    (_shown, value) => {
      expect(schema.safeParse(value).success).toBe(false);
    },
  );
});

function show(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 60);
}
