import { parse } from "yaml";
import { organization } from "../../../services/organization";
import { relay } from "../../../services/relay";
import { summit } from "../../../services/summit";
import { incidentIssueTemplate } from "../../../workflows/documents/incident-issue-template";
import { previewsDocument } from "../../../workflows/documents/previews-document";

describe("the document on previews (SUM-5, MAE-15)", () => {
  const content = previewsDocument({ service: summit, organization })?.content ?? "";

  test("says where a preview is, how long it lives and when it sleeps", () => {
    expect(content).toContain("| Address | `https://pr-<number>.preview.example.com` |");
    expect(content).toContain("| Cluster | `eu-1`, namespace `pr-<number>` |");
    expect(content).toContain("| Lives | 72 hours after its newest deployment; ends with its pull request |");
    expect(content).toContain("| Sleeps | after 60 minutes without a request");
  });

  test("says what one may cost at most, awake and asleep", () => {
    expect(content).toContain("| while it is awake | 1 CPU | 1,024 MiB | 4 |");
    expect(content).toContain("| while it sleeps | 0 CPU | 0 MiB | 0 |");
  });

  test("wakes it by the newest build; by hand with the verbs", () => {
    expect(content).toContain("--workflow preview-image.yml --branch <branch>");
    expect(content).toContain(
      "gh workflow run previews.yml --repo openclaw/gatehouse --ref main --field service=summit ",
    );
    expect(content).toContain("npx gatehouse preview up --service summit --pr <number>");
  });

  test("where nobody is asked, says so, and names no workflow", () => {
    const { cluster } = summit;
    const { dispatch: _dispatch, ...previews } = cluster?.previews ?? {};
    const byHand = { ...summit, cluster: { ...cluster, previews } } as typeof summit;
    const plain = previewsDocument({ service: byHand, organization })?.content ?? "";
    expect(plain).toContain("when somebody makes one");
    expect(plain).not.toMatch(/\.yml|fork/);
  });

  test("is none without previews", () => {
    expect(previewsDocument({ service: relay, organization })).toBeUndefined();
  });
});

describe("the form for an incident (MAE-15)", () => {
  const service = { ...summit, runbooks: ["incident-classes"] } as const;

  test("asks for the class, and sets the label", () => {
    const form = parse(incidentIssueTemplate(service)?.content ?? "");
    expect(form.labels).toEqual(["incident"]);
    const [, dropdown] = form.body;
    expect(dropdown.attributes.options.map((option: string) => option.split(":")[0])).toEqual([
      "critical",
      "major",
      "minor",
    ]);
    expect(form.body[0].attributes.value).toContain("First response within 15 minutes. Say in #summit-incidents");
  });

  test("is none without the runbook that explains the classes", () => {
    expect(incidentIssueTemplate({ ...service, runbooks: ["on-call"] })).toBeUndefined();
    expect(incidentIssueTemplate({ ...service, labels: {} })).toBeUndefined();
  });
});
