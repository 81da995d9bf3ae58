import { overrides } from "../../operations/overrides";
import { minimalFleet } from "../declaration/fixture";
import { type GithubSays, World } from "./preflight-world";
import { RecordingConsole } from "./recording-console";

const REPOSITORY = "/repos/example/tiny";
const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const NOW = Date.parse("2026-11-10T00:00:00Z");
const declared = {
  "owners.captains": { team: "captains", access: "push" },
  "main.breakGlass": {
    role: "captains",
    when: ["Everything stands still"],
    label: "flaky",
    reviewer: "maintainers",
    reviewWithinDays: 3,
    openings: ["01", "08"].map((day) => ({
      from: `2026-11-${day}T09:30:00Z`,
      until: `2026-11-${day}T12:00:00Z`,
      reason: "Nothing can be built",
      ticket: "https://github.com/example/tiny/issues/7",
      approver: "maintainers",
    })),
  },
};

interface Issue {
  readonly number?: number;
  readonly state?: string;
  readonly body?: string | null;
  readonly created_at?: string;
  readonly pull_request?: object;
}

const issue = (changes: Issue = {}) => ({
  number: 7,
  state: "closed",
  title: "Emergency override",
  body: "Merging #12 without its checks",
  created_at: "2026-11-01T09:00:00Z",
  ...changes,
});

function github(issues: readonly object[], others: Readonly<Record<string, GithubSays>> = {}) {
  return {
    [`${REPOSITORY}/rulesets/rule-suites`]: {
      body: [{ actor_name: "captain", after_sha: COMMIT, pushed_at: "2026-11-01T10:00:00Z", result: "bypass" }],
    },
    [`${REPOSITORY}/commits/${COMMIT}/pulls`]: { body: [{ number: 12, merge_commit_sha: COMMIT }] },
    [`${REPOSITORY}/issues`]: { body: issues },
    ...others,
  };
}

let world: World;
afterEach(() => world.close());

async function run(says: Readonly<Record<string, GithubSays>>, { service = declared as object, json = true } = {}) {
  world = await World.of({ github: says });
  const console = new RecordingConsole();
  const fleet = minimalFleet({ service: { ...service }, organization: { "teams.captains": { description: "Few" } } });
  const options = { service: "tiny", json, environment: world.environment };
  const code = await overrides(fleet, options, console, { now: () => NOW });
  return { code, console, uses: json ? (console.json as { uses?: readonly object[] }).uses : undefined };
}

describe("gatehouse overrides (MAE-2)", () => {
  test("a use with a closed issue from before it was looked at", async () => {
    const { code, uses } = await run(github([issue()]));
    expect(uses).toEqual([
      { at: "2026-11-01T10:00:00Z", actor: "captain", commit: COMMIT, pullRequest: 12, issue: 7, answer: "looked at" },
    ]);
    expect(code).toBe(0);
  });

  test("asks for the last month's bypasses of main, and for issues with the label", async () => {
    await run(github([issue()]));
    const asked = world.requests.map(({ method, path }) => `${method} ${path.replace("/api/v3", "")}`);
    expect(asked).toContain(
      `GET ${REPOSITORY}/rulesets/rule-suites?ref=refs/heads/main&rule_suite_result=bypass&time_period=month&per_page=100&page=1`,
    );
    expect(asked).toContain(`GET ${REPOSITORY}/issues?state=all&labels=flaky&per_page=100&page=1`);
  });

  test.each([
    ["names the commit", { body: `Of ${COMMIT.slice(0, 7)}` }, "looked at", 0],
    ["links the pull request", { body: "https://github.com/example/tiny/pull/12" }, "looked at", 0],
    ["is open past its days", { state: "open" }, "overdue", 2],
    ["names another pull request", { body: "#120, #1" }, "no record", 2],
    ["says nothing", { body: null }, "no record", 2],
    ["was written afterwards", { created_at: "2026-11-01T10:00:01Z" }, "no record", 2],
    ["is a pull request", { pull_request: {} }, "no record", 2],
  ])("a use whose issue %s", async (_what, changes, answer, expected) => {
    const { code, uses } = await run(github([issue(changes)]));
    expect(uses).toMatchObject([{ answer }]);
    expect(code).toBe(expected);
  });

  test("an open issue has its days", async () => {
    const suites = [{ actor_name: "captain", after_sha: COMMIT, pushed_at: "2026-11-08T10:00:00Z" }];
    const says = github([issue({ state: "open" })], { [`${REPOSITORY}/rulesets/rule-suites`]: { body: suites } });
    const { code, uses } = await run(says);
    expect(uses).toMatchObject([{ answer: "to be looked at" }]);
    expect(code).toBe(0);
  });

  test("a use outside of every opening is an incident, whatever was written down", async () => {
    const suites = [{ actor_name: "captain", after_sha: COMMIT, pushed_at: "2026-11-01T12:00:00Z" }];
    const says = github([issue()], { [`${REPOSITORY}/rulesets/rule-suites`]: { body: suites } });
    const { code, console } = await run(says, { json: false });
    expect(console.text).toContain("not open");
    expect(console.text).toContain("to do: it is an incident: no opening of main.breakGlass has that time");
    expect(code).toBe(2);
  });

  test("any use is too many where the declaration has no exception", async () => {
    const { code, console } = await run(github([issue()]), { service: {}, json: false });
    expect(console.text).toContain("not declared");
    expect(console.text).toContain("to do: nobody may pass the rules of main by");
    expect(code).toBe(2);
  });

  test("none is fine, and said", async () => {
    const says = { [`${REPOSITORY}/rulesets/rule-suites`]: { body: [] } };
    const { code, console } = await run(says, { json: false });
    expect(console.text).toBe("main of tiny: 0 merges of the last month passed its rules by");
    expect(code).toBe(0);
  });

  test.each(["rulesets/rule-suites", "issues", `commits/${COMMIT}/pulls`])(
    "nothing is said where %s can't be read: that is no good news",
    async (path) => {
      const says = github([issue()], { [`${REPOSITORY}/${path}`]: { status: 403, body: { message: "no" } } });
      const { code, console } = await run(says, { json: false });
      expect(console.text).toContain("could not be seen");
      expect(console.text).toContain("GitHub answered 403");
      expect(code).toBe(1);
    },
  );
});
