import { parse } from "yaml";
import type { Service } from "../../../declaration/service";
import { maestro } from "../../../services/maestro";
import { openclawPos } from "../../../services/openclaw-pos";
import { organization } from "../../../services/organization";
import { overrideIssueTemplate } from "../../../workflows/documents/override-issue-template";
import { emergencyOverrideRunbook } from "../../../workflows/documents/runbooks/emergency-override";
import { HOSTILE } from "../hostile-text";

const service: Service = maestro;

function runbook(of: Service): string {
  return emergencyOverrideRunbook({ service: of, organization })?.content ?? "";
}

describe("the emergency override (HOT-1, MAE-2)", () => {
  test("is written down only where the declaration has one", () => {
    expect(emergencyOverrideRunbook({ service: openclawPos, organization })).toBeUndefined();
    expect(overrideIssueTemplate(openclawPos)).toBeUndefined();
  });

  test("says who may, when, and how", () => {
    const content = runbook(service);
    expect(content).toContain(
      "closed until it is opened for some hours: then members of `@openclaw/release-captains` may merge a pull request",
    );
    expect(content).toContain("in `services/maestro.ts`, below `main.breakGlass`; 24 hours at most");
    expect(content).toContain('    approver: "security",');
    for (const situation of maestro.main.breakGlass.when) expect(content).toContain(`- ${situation}`);
    expect(content).toContain("gh pr merge <number> --repo openclaw/maestro --squash --admin");
    expect(content).toContain("gh issue create --repo openclaw/maestro --label 'break-glass'");
  });

  test("says what is recorded, how all is as before, and who looks at it afterwards", () => {
    const content = runbook(service);
    expect(content).toContain(
      "repos/openclaw/maestro/rulesets/rule-suites?ref=refs/heads/main&rule_suite_result=bypass",
    );
    expect(content).toContain("npx gatehouse overrides maestro");
    expect(content).toContain("npx gatehouse drift --service maestro");
    expect(content).toContain("[when main is red](../main-is-red.md)");
    expect(content).toContain("## Within 3 days\n\n`@openclaw/secops` look at it");
  });

  test("asks for the reason, with the label", () => {
    const form = parse(overrideIssueTemplate(service)?.content ?? "");
    expect(form.labels).toEqual(["break-glass"]);
    expect(form.body[1].attributes.options).toEqual(maestro.main.breakGlass.when);
    expect(form.body.find(({ id }: { id?: string }) => id === "reason").validations).toEqual({ required: true });
  });

  test("keeps hostile text in its place", () => {
    const breakGlass = { ...maestro.main.breakGlass, when: [HOSTILE], label: "it's" };
    const hostile: Service = { ...service, main: { ...service.main, breakGlass } };
    expect(runbook(hostile)).toContain(String.raw`--label 'it'\''s' --title`);
    expect(runbook(hostile)).not.toContain("<script>");
    expect(parse(overrideIssueTemplate(hostile)?.content ?? "").body[1].attributes.options).toHaveLength(1);
  });
});
