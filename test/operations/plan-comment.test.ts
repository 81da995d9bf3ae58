import { LONGEST_BODY } from "../../operations/github-body";
import { type PlanOutput, planComment } from "../../operations/plan-comment";
import { planSummary, planText } from "../../operations/plan-text";

const RUN = { runUrl: "https://github.com/openclaw/platform/actions/runs/7", commit: "0123456789abcdef0123" };

/** As `cdktf plan` prints it: the stack's name before the first line of each message, spaces before the others. */
function output(stack: string, lines: readonly string[]): string {
  const margin = " ".repeat(stack.length);
  return lines.map((line, index) => `${index === 0 ? stack : margin}  ${line}`).join("\n");
}

const PLANNED = [
  "Initializing the backend...",
  "Terraform used the selected providers to generate the following execution",
  "plan.",
  "  + create",
  "Plan: 1 to add, 0 to change, 0 to destroy.",
  "─".repeat(77),
  "Saved the plan to: plan",
];

describe("the text of a plan", () => {
  test("is what Terraform said, without cdktf's margin, colours, progress and initialization", () => {
    const text = planText(`\u001b[2K\u001b[1A⠋  Processing\r\n${output("a-b", PLANNED)}\n`, "a-b");
    expect(text).toBe(
      "Terraform used the selected providers to generate the following execution\nplan.\n  + create\nPlan: 1 to add, 0 to change, 0 to destroy.",
    );
    expect(planSummary(text)).toBe("1 to add, 0 to change, 0 to destroy");
  });

  test("of a failure is all of it", () => {
    expect(planText(output("a", ["Initializing the backend...", "Error: no credentials"]), "a")).toBe(
      "Initializing the backend...\nError: no credentials",
    );
  });

  test("without a change says so", () => {
    expect(planSummary(planText(output("a", ["No changes. Your infrastructure matches"]), "a"))).toBe("No changes");
  });

  test("a resource whose text looks like a summary is not taken for one", () => {
    expect(planSummary('  + description = "Plan: 9 to add, 9 to change, 9 to destroy."')).toBeUndefined();
  });
});

function comment(plans: Record<string, PlanOutput>, gone: readonly string[] = []): string {
  const changes = [
    ...Object.keys(plans).map((stack) => ({ stack, change: "changed" as const })),
    ...gone.map((stack) => ({ stack, change: "gone" as const })),
  ];
  return planComment({ ...RUN, changes, plans: new Map(Object.entries(plans)) });
}

describe("the comment on a pull request", () => {
  test("begins with its marker, and has a row and a collapsed plan for every stack", () => {
    const body = comment({ a: { exitCode: 0, text: output("a", PLANNED) }, b: { exitCode: 0, text: "No changes." } });
    expect(body.split("\n")[0]).toBe("<!-- gatehouse:plan -->");
    expect(body).toContain("| `a` | changed | 1 to add, 0 to change, 0 to destroy |");
    expect(body).toContain("| `b` | changed | No changes |");
    expect(body).toContain("<details><summary>a</summary>");
    expect(body).toContain(`Planned at 0123456789ab in [this run](${RUN.runUrl}).`);
  });

  test("a plan that failed is shown open, and hides no other", () => {
    const body = comment({
      a: { exitCode: 1, text: "Error: no credentials" },
      b: { exitCode: 0, text: "No changes." },
    });
    expect(body).toContain("| `a` | changed | **failed** (exit 1) |");
    expect(body).toContain("<details open><summary>a</summary>");
    expect(body).toContain("| `b` | changed | No changes |");
  });

  test("a stack that is gone is not silently passed over", () => {
    expect(comment({}, ["old"])).toContain("| `old` | gone | no longer declared: what it made stays, unmanaged.");
  });

  test("what the policies said of the plans stands below them, cut where it is long", () => {
    const changes = [{ stack: "a", change: "changed" as const }];
    const plans = new Map([["a", { exitCode: 0, text: output("a", PLANNED) }]]);
    const said = (policies: string) => planComment({ ...RUN, changes, plans, policies });
    expect(said("## Policies\n\n1 rule on 1 document: **1 blocking**\n")).toMatch(
      /<\/details>\n\n## Policies\n\n1 rule on 1 document: \*\*1 blocking\*\*\n\nPlanned at 0123456789ab/,
    );
    const long = said(`## Policies\n${"x".repeat(LONGEST_BODY)}`);
    expect(long.length).toBeLessThanOrEqual(LONGEST_BODY);
    expect(long).toContain(`… cut; see [the run](${RUN.runUrl})\n\nPlanned at 0123456789ab`);
    expect(long).toContain("Plan: 1 to add");
  });

  test("nothing to plan is said", () => {
    expect(comment({})).toContain("No stack's configuration differs from the base's: there is nothing to plan.");
  });

  test("a pull request that could not be planned says why, and lists the stacks", () => {
    const changes = [{ stack: "a", change: "changed" as const }];
    const body = planComment({ ...RUN, changes, plans: new Map(), unplanned: "GitHub gives forks no secrets." });
    expect(body).toContain("**Nothing was planned.** GitHub gives forks no secrets.");
    expect(body).toContain("| `a` | changed | not planned |");
  });

  test("no text can break out of its fence", () => {
    const body = comment({ a: { exitCode: 1, text: "```\n</details>\n@everyone\n````" } });
    expect(body).toContain("`````text\n```\n</details>\n@everyone\n````\n`````");
  });

  test.each([1, 3, 40, 400])("%i long plans stay within GitHub's limit, every stack with its row", (count) => {
    const text = output("x", [
      "Error: ",
      ...Array.from({ length: 3000 }, (_, line) => `😀 line ${line} of a long plan`),
    ]);
    const stacks = Array.from({ length: count }, (_, index) => `service-${index}-production`);
    const body = comment(Object.fromEntries(stacks.map((stack) => [stack, { exitCode: 1, text }])));
    expect(body.length).toBeLessThanOrEqual(LONGEST_BODY);
    for (const stack of stacks) expect(body).toContain(`| \`${stack}\` |`);
    expect(body).toMatch(count > 100 ? /too many to be shown here/ : /… cut; the whole output is in the log/);
    expect(Buffer.from(body).toString()).not.toContain("\ufffd");
  });

  test("what short plans leave free goes to the long ones", () => {
    const long = "x".repeat(50_000);
    const short = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`s${index}`, { exitCode: 0, text: "No changes." }]),
    );
    expect(comment({ ...short, long: { exitCode: 1, text: long } })).toContain(long);
  });
});
