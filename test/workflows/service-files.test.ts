import { parse as parseYaml } from "yaml";
import type { Service } from "../../declaration/service";
import { openclawPos } from "../../services/openclaw-pos";
import { organization } from "../../services/organization";
import { summit } from "../../services/summit";
import { ACTIONS } from "../../workflows/actions";
import { serviceFiles } from "../../workflows/service-files";
import { workflowProblems } from "../../workflows/workflow-problems";
import { actionlint } from "./actionlint";
import { HOSTILE } from "./hostile-text";

const service: Service = openclawPos;
const files = serviceFiles(service, organization, {});

/** The declaration with the same text in every free field. */
function withText(text: string): Service {
  const described = <T extends { readonly description: string }>(entries: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, { ...entry, description: text }]));
  return {
    ...service,
    description: text,
    responsibilities: described(service.responsibilities),
    settings: described(service.settings),
    labels: described(service.labels),
    pullRequestChecklist: [text],
    ci: {
      jobs: {
        ...service.ci.jobs,
        own: { kind: "steps", gate: "unit", timeoutMinutes: 1, name: text, steps: [{ name: text, run: "true" }] },
      },
    },
  };
}

describe("the files of a service's repository", () => {
  it("of openclaw-pos include everything it asks for (POS-3, POS-8, POS-9, POS-15)", () => {
    expect(files.map((file) => file.path)).toEqual(
      expect.arrayContaining([
        ".env.example",
        ".github/CODEOWNERS",
        ".github/ISSUE_TEMPLATE/ci-flake.yml",
        ".github/gatehouse.lock.json",
        ".github/pull_request_template.md",
        ".github/tools/generated-files.sh",
        ".github/tools/git-hygiene.sh",
        ".github/tools/requirements.txt",
        ".github/workflows/ci.yml",
        ".markdownlint-cli2.jsonc",
        ".yamllint.yaml",
        ".github/workflows/d1-backup.yml",
        ".github/workflows/d1-restore-drill.yml",
        ".github/workflows/release-cloudflare.yml",
        "scripts/backup-d1.sh",
        "scripts/restore-d1.sh",
        "docs/checks.md",
        "docs/cloudflare-tokens.json",
        "docs/runbooks/d1-backup-and-restore.md",
        "docs/runbooks/incident-template.md",
        "docs/runbooks/on-call.md",
        "docs/runbooks/secret-leak.md",
        "docs/secret-matrix.md",
        "wrangler.template.jsonc",
      ]),
    );
  });

  it("lie at different paths inside the repository", () => {
    const paths = files.map((file) => file.path);
    expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(paths.length);
    for (const path of paths) expect(path).toMatch(/^(?!\/)(?!.*\.\.)[\w./-]+$/);
  });

  it.each(files.map((file) => [file.path, file] as const))(
    "%s says what made it and ends with one line break",
    (_path, file) => {
      const [first, second, third] = file.content.split("\n");
      expect([first, second, third].join(" ")).toContain("Made by Gatehouse from services/openclaw-pos.ts");
      expect(file.content).toMatch(/npx gatehouse files openclaw-pos/);
      expect(file.content).toMatch(/[^\n]\n$/);
      expect(file.content).not.toMatch(/\r|undefined|\[object /);
    },
  );

  it("have no white space at the end of a line, as their own git-hygiene wants it", () => {
    const trailing = files.flatMap(({ path, content }) => (/[ \t]$/m.test(content) ? [path] : []));
    expect(trailing).toEqual([]);
  });

  it("are executable exactly where they name an interpreter", () => {
    for (const { content, executable } of files) expect(executable).toBe(content.startsWith("#!"));
  });

  it("are the same bytes for the same declaration", () => {
    expect(serviceFiles(structuredClone(service), structuredClone(organization), {})).toEqual(files);
  });

  it.each(files.filter((file) => file.path.startsWith(".github/workflows/")).map((file) => [file.path, file.content]))(
    "%s is accepted by actionlint, and every action in it is at a commit (POS-4)",
    async (path, content) => {
      expect(await actionlint(path, content)).toEqual([]);
      for (const [, uses] of content.matchAll(/uses: (.+)/g))
        expect(uses).toMatch(/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    },
  );

  it("read nothing that their environments don't define", () => {
    expect(workflowProblems(service, organization)).toEqual([]);
  });

  it("are still the same files, well-formed, with hostile text in every free field", async () => {
    const hostile = serviceFiles(withText(HOSTILE), organization, {});
    expect(hostile.map((file) => file.path)).toEqual(files.map((file) => file.path));
    for (const { path, content } of hostile) {
      if (path.endsWith(".yml") || path.endsWith(".yaml")) expect(() => parseYaml(content)).not.toThrow();
      if (path.endsWith(".json")) expect(() => JSON.parse(content)).not.toThrow();
      if (path.endsWith(".md"))
        expect(content.replaceAll(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, "")).not.toMatch(
          /<script>|(?<!\\)\[l\]\(|@everyone/,
        );
      if (path.includes("/workflows/")) expect(await actionlint(path, content)).toEqual([]);
    }
  });

  it("leave out what the declaration leaves out", () => {
    const { edge: _edge, release: _release, telemetry: _telemetry, objectives: _objectives, ...others } = service;
    const { alerts: _alerts, dashboard: _dashboard, ...plain } = others;
    const paths = serviceFiles(
      {
        ...plain,
        settings: {},
        runbooks: ["on-call"],
        ci: { jobs: { "git-hygiene": service.ci.jobs["git-hygiene"] as never } },
        main: { ...service.main, requiredChecks: [{ job: "git-hygiene" }] },
      },
      organization,
      {},
    ).map((file) => file.path);
    expect(paths).toEqual([
      ".env.example",
      ".github/CODEOWNERS",
      ".github/ISSUE_TEMPLATE/ci-flake.yml",
      ".github/gatehouse.lock.json",
      ".github/pull_request_template.md",
      ".github/tools/generated-files.sh",
      ".github/tools/git-hygiene.sh",
      ".github/workflows/ci.yml",
      "docs/checks.md",
      "docs/runbooks/on-call.md",
      "docs/secret-matrix.md",
    ]);
  });
});

describe("the workflows of a service", () => {
  it("are refused with all keys that they read and their environments lack", () => {
    const steps: Extract<Service["ci"]["jobs"][string], { readonly kind: "steps" }>["steps"] = [
      { name: "x", run: "true", env: { A: { setting: "SENTRY_DSN" }, B: { setting: "HEALTHCHECK_URL" } } },
    ];
    const broken: Service = {
      ...service,
      main: { ...service.main, requiredChecks: [{ job: "x" }] },
      ci: { jobs: { x: { kind: "steps", gate: "unit", timeoutMinutes: 1, steps } } },
    };
    expect(workflowProblems(broken, organization).map(({ subject, path }) => `${subject}: ${path}`)).toEqual([
      "openclaw-pos: settings.SENTRY_DSN",
      "openclaw-pos: settings.HEALTHCHECK_URL",
      'service "openclaw-pos": ci.yml: jobs.x."x".env.A',
    ]);
  });

  it("are refused with what is wrong in them by themselves, at its place in the file", () => {
    const broken: Service = {
      ...service,
      main: { ...service.main, requiredChecks: [{ job: "x" }] },
      ci: {
        jobs: {
          x: {
            kind: "steps",
            gate: "unit",
            timeoutMinutes: 1,
            matrix: { os: ["linux", "macos"] },
            steps: [{ name: "Keep", action: ACTIONS.uploadArtifact, with: { name: "report" } }],
          },
        },
      },
    };
    expect(workflowProblems(broken, organization)).toMatchObject([
      {
        subject: 'service "openclaw-pos"',
        path: 'ci.yml: jobs.x."Keep"',
        came: 'the artifact "report", which another run of the job uploads too',
      },
    ]);
  });

  it("are refused where a required check may be skipped, or another workflow reports one of its name", () => {
    const job = { kind: "steps", gate: "unit", timeoutMinutes: 1, steps: [{ name: "Test", run: "true" }] } as const;
    const broken: Service = {
      ...summit,
      ci: { jobs: { lint: job, "preview-image": { ...job, needs: ["lint"] } } },
      main: { ...summit.main, requiredChecks: [{ job: "preview-image" }] },
    };
    const problems = workflowProblems(broken, organization);
    expect(problems).toContainEqual({
      subject: 'service "summit"',
      path: "preview-image.yml: jobs.preview-image",
      came: 'the check "preview-image", which the job "preview-image" reports too',
      expected: "a name that no other job or leg reports",
      remedy: "rename one: GitHub can't tell two checks of one name apart",
    });
    expect(problems).toContainEqual(
      expect.objectContaining({
        path: "ci.yml: jobs.preview-image.needs",
        came: '"lint", which isn\'t required, for a job whose check is',
      }),
    );
  });
});
