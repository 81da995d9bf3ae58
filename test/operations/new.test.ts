import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type NewOptions, newServiceOf } from "../../operations/new";
import { fleet } from "../../services/fleet";
import { NewProject } from "./new-project";
import { RecordingConsole } from "./recording-console";

describe("gatehouse new", () => {
  let project: NewProject;
  let console: RecordingConsole;
  let before: Readonly<Record<string, string>>;
  beforeEach(() => {
    project = new NewProject();
    console = new RecordingConsole();
    before = project.services();
  });
  afterEach(() => project.remove());

  const options = (changes: Partial<NewOptions> = {}): NewOptions => ({
    service: "demo",
    kinds: ["edge"],
    owners: {},
    yes: true,
    json: false,
    root: project.root,
    signal: new AbortController().signal,
    ...changes,
  });
  const run = (changes: Partial<NewOptions> = {}) => newServiceOf(fleet, options(changes), console);
  const refusal = async (changes: Partial<NewOptions>): Promise<string> => {
    const error = await run(changes).then(
      () => new Error("it was not refused"),
      (thrown: unknown) => thrown as Error,
    );
    expect(project.services()).toEqual(before);
    return error.message;
  };

  it("writes the declaration, its two records and its place in the fleet, and shows what follows", async () => {
    await expect(run()).resolves.toBe(0);
    const {
      "demo.ts": declaration,
      "demo.sealed.json": sealed,
      "demo.stateful.json": stateful,
      ...rest
    } = project.services();
    expect(declaration).toContain(
      "/** Begun with: npx gatehouse new demo --edge */\nexport const demo = defineService({\n",
    );
    expect(sealed).toBe("{}\n");
    expect(JSON.parse(stateful ?? "")).toEqual({
      "production/backup-bucket/main": "demo-d1-backups",
      "production/d1/main": "demo",
      "staging/d1/main": "demo-staging",
    });
    expect(Object.keys(rest)).toEqual(Object.keys(before));
    expect(rest["fleet.ts"]).toContain("{ service: demo, sealed: demoSealed, stateful: demoStateful },");
    expect(rest["organization.ts"]).toContain('"demo-maintainers": { description: "Write and run demo" },');
    expect(console.text).toContain("created services/demo.ts");
    expect(console.text).toContain("changed services/organization.ts");
    expect(console.text).toMatch(/demo-production .* 1 cloudflare_d1_database/);
    expect(console.text).toMatch(/organization .* 1 github_team .* grafana_notification_policy/);
    expect(console.text).toContain("  .github/workflows/release-cloudflare.yml");
    expect(console.text).toContain("  production: CLOUDFLARE_API_TOKEN (platform)");
    expect(console.text).toContain("no account was asked");
    expect(console.text).toContain("npm run sandbox -- --service demo");
  });

  it("prints the same as JSON", async () => {
    await run({ json: true });
    expect(console.json).toMatchObject({
      service: "demo",
      kind: "edge",
      files: [
        { path: "services/demo.ts", status: "created" },
        { path: "services/demo.sealed.json", status: "created" },
        { path: "services/demo.stateful.json", status: "created" },
        { path: "services/fleet.ts", status: "changed" },
        { path: "services/organization.ts", status: "changed" },
      ],
      leftOut: [],
      assumed: [],
      missingSecrets: expect.arrayContaining([expect.objectContaining({ key: "BACKUP_AGE_IDENTITY" })]),
      repositoryFiles: expect.arrayContaining([".github/workflows/ci.yml"]),
      stacks: expect.arrayContaining([expect.objectContaining({ stack: "demo-repository", status: "new" })]),
    });
  });

  it.each([
    ["cluster", 'cluster: "eu-1"', "npx gatehouse new demo --cluster"],
    ["railway", 'urls: { staging: "https://demo-staging.example.com"', "npx gatehouse new demo --platform railway"],
    ["fly", 'organization: "openclaw-previews"', "npx gatehouse new demo --platform fly"],
  ])("of the kind %s too", async (kind, line, command) => {
    await expect(run({ kinds: [kind] })).resolves.toBe(0);
    expect(project.read("services/demo.ts")).toContain(line);
    expect(project.read("services/demo.ts")).toContain(`/** Begun with: ${command} */`);
    expect(console.text.includes("docs/how-to/first-deployment.md")).toBe(kind === "cluster");
  });

  it("leaves services/organization.ts alone when the team is there", async () => {
    await run({ owners: { maintainers: "pos-maintainers", security: "platform" }, stages: "prod" });
    expect(project.read("services/organization.ts")).toBe(before["organization.ts"]);
    expect(project.read("services/demo.ts")).toContain('maintainers: { team: "pos-maintainers", access: "maintain" }');
    expect(project.read("services/demo.ts")).toContain('security: { team: "platform", access: "admin" }');
    expect(project.read("services/demo.ts")).toContain('workers: { prod: "demo" }');
  });

  it("says which protections the plan doesn't have for the repository", async () => {
    await run({ visibility: "private" });
    expect(console.text).toContain(
      'without required reviewers: for a private repository that takes the GitHub plan "enterprise"',
    );
    expect(console.text).toContain(
      'without secret scanning: for a private repository that takes the product "secret-protection", which GitHub sells beside the plan',
    );
    expect(project.read("services/demo.ts")).toContain("secretScanning: false");
  });

  it("is refused a second time, and changes nothing then", async () => {
    await run();
    const once = project.services();
    await expect(run()).rejects.toThrow("services/demo.ts is there already; nothing was written");
    expect(project.services()).toEqual(once);
  });

  describe("asks on a terminal", () => {
    const scripted = (answers: readonly string[]) => {
      const left = [...answers];
      const questions: string[] = [];
      const ask = async (question: string) => {
        questions.push(question);
        return left.shift() ?? "";
      };
      return { questions, ask };
    };

    it("for what no flag says, and takes a default for an empty answer", async () => {
      const { ask, questions } = scripted(["demo", "edge", "Sells things"]);
      await run({ service: undefined, kinds: [], yes: false, ask });
      expect(questions).toEqual([
        "name of the service and of its repository",
        "where it runs: edge, cluster, railway, fly",
        "what it is, in a line",
        "team that writes and runs it",
        'team that plays the role "platform"',
        'team that plays the role "security"',
        "one stage, or two with a comma; the last is production",
        "who may see the repository: public, private, internal",
        "domain under which it answers",
        "public age recipient that backups are encrypted for",
      ]);
      expect(project.read("services/demo.ts")).toContain('description: "Sells things"');
    });

    it("again after a wrong answer, and says what was wrong with it", async () => {
      const { ask, questions } = scripted([
        "Demo!",
        "relay",
        "demo",
        "moon",
        "edge",
        "",
        "",
        "",
        "",
        "one,two,three",
        "prod",
      ]);
      await run({ service: undefined, kinds: [], yes: false, ask });
      expect(questions.slice(0, 5).map((question) => question.split(" ")[0])).toEqual([
        "name",
        "name",
        "name",
        "where",
        "where",
      ]);
      expect(console.progressed.join("\n")).toContain("2 to 40 of a–z, 0–9 and single dashes, beginning with a letter");
      expect(console.progressed.join("\n")).toContain("came:     a service that is declared already");
      expect(console.progressed.join("\n")).toContain(
        'expected: one of the kinds: "edge", "cluster", "railway", "fly"',
      );
      expect(console.progressed.join("\n")).toContain("came:     one, two, three");
      expect(project.read("services/demo.ts")).toContain('workers: { prod: "demo" }');
    });

    it("nothing that the command line says", async () => {
      const { ask, questions } = scripted([]);
      await run({ description: "D", stages: "prod", visibility: "public", domain: "example.com", yes: false, ask });
      expect(questions).not.toContain("what it is, in a line");
      expect(questions).toHaveLength(4);
    });
  });

  describe("refuses, and leaves the tree as it was", () => {
    it("what nobody answered, with the flags that would", async () => {
      const message = await refusal({ yes: false });
      expect(message).toContain("there is no terminal to ask on, and no answer to\n");
      expect(message).toContain("  --maintainers <team>: team that writes and runs it (default: demo-maintainers)\n");
      expect(message).toContain(
        "  --stages <stages>: one stage, or two with a comma; the last is production (default: staging,production)\n",
      );
      expect(message).toContain("give them on the command line, or --yes for the defaults");
    });

    it("what has no default", async () => {
      await expect(refusal({ kinds: [], service: undefined })).resolves.toContain(
        "there is no default for\n  <service>: name",
      );
      await expect(refusal({ service: `a${"-bcdefghij".repeat(3)}` })).resolves.toContain(
        "there is no default for\n  --maintainers <team>: team that writes and runs it\n",
      );
    });

    it.each([
      ["Demo", '"Demo"'],
      ["a", '"a"'],
      ["../evil", '"../evil"'],
      ["dä-mo", '"dä-mo"'],
      ["a".repeat(41), `"${"a".repeat(41)}"`],
      ["a--b", '"a--b"'],
      ["-rf", '"-rf"'],
      ["a\nb", '"a\\nb"'],
      ["__proto__", '"__proto__"'],
    ])("the name %j, in validation's words", async (name, came) => {
      const message = await refusal({ service: name });
      expect(message).toContain("nothing was written\n\n");
      expect(message).toContain(
        `name\n  came:     ${came}\n  expected: the service's name: 2 to 40 of a–z, 0–9 and single dashes, beginning with a letter`,
      );
    });

    it("names that would be code", async () => {
      await expect(refusal({ service: "${evil}" })).resolves.toContain("expected: text without ${ or %{");
      await expect(refusal({ description: "%{ if }" })).resolves.toContain("expected: text without ${ or %{");
    });

    it("names of files that are there, and of services that are declared", async () => {
      await expect(refusal({ service: "fleet" })).resolves.toContain("services/fleet.ts is there already");
      await expect(refusal({ service: "organization" })).resolves.toContain(
        "services/organization.ts is there already",
      );
      await expect(refusal({ service: "relay" })).resolves.toContain("a service that is declared already");
    });

    it("what two services would both have", async () => {
      const message = await refusal({ service: "pos", stages: "production" });
      expect(message).toContain('came:     the host name pos.example.com, which service "openclaw-pos" has already');
    });

    it("answers that are wrong", async () => {
      await expect(refusal({ stages: "repository" })).resolves.toContain("it is the name of the repository's stack");
      await expect(refusal({ stages: "prod,prod" })).resolves.toContain("one stage, or two different ones");
      await expect(refusal({ stages: "" })).resolves.toContain("a stage's name: 2 to 40");
      await expect(refusal({ visibility: "secret" })).resolves.toContain("who may see the repository");
      await expect(refusal({ domain: "example" })).resolves.toContain("a host name such as");
      await expect(refusal({ domain: "other.test" })).resolves.toContain("zones of the organization");
      await expect(refusal({ backupRecipient: "AGE-SECRET-KEY-1" })).resolves.toContain(
        "an age identity, which is a secret",
      );
      await expect(refusal({ owners: { security: "nobody" } })).resolves.toContain("owners.security.team");
      await expect(refusal({ kinds: ["edge", "cluster"] })).resolves.toContain("edge and cluster were named");
      await expect(refusal({ owners: { cook: "platform" } })).resolves.toContain('no role "cook"');
    });

    it("what is said of services of another kind", async () => {
      await expect(refusal({ clusterName: "eu-1" })).resolves.toContain(
        '--cluster-name says nothing of a service of the kind "edge"',
      );
      await expect(refusal({ kinds: ["cluster"], backupRecipient: "age1" })).resolves.toContain(
        '--backup-recipient says nothing of a service of the kind "cluster"',
      );
      await expect(refusal({ kinds: ["cluster"], clusterName: "eu-2" })).resolves.toContain(
        'expected: one of the clusters: "eu-1"\n  to do:    name one of them; did you mean "eu-1"?',
      );
    });

    it("the name of the account that deploys, of a service in a cluster", async () => {
      await expect(refusal({ kinds: ["cluster"], service: "deployer" })).resolves.toContain(
        "the service account which deploys",
      );
    });

    it("contacts of a team that is there already", async () => {
      const message = await refusal({ owners: { maintainers: "platform" }, mail: "a@example.com" });
      expect(message).toContain('the team "platform" is there already, and who is told of its alerts');
    });

    it("an address that is none", async () => {
      await expect(refusal({ mail: "nobody" })).resolves.toContain("expected: an e-mail address");
    });

    it("a fleet.ts that it doesn't recognize, and says what to add", async () => {
      appendFileSync(join(project.root, "services/fleet.ts"), "}");
      before = project.services();
      const message = await refusal({});
      expect(message).toContain("services/fleet.ts could not be changed: it can't be read as TypeScript");
      expect(message).toContain('add the service "demo" to its list, as the others are');
    });

    it("a fleet.ts that is not what runs", async () => {
      writeFileSync(
        join(project.root, "services/fleet.ts"),
        project.read("services/fleet.ts").replace(/^ +\{ service: relay.*\n/m, ""),
      );
      before = project.services();
      await expect(refusal({})).resolves.toContain("would not say what they should");
    });

    it("an organization.ts that it doesn't recognize", async () => {
      const path = join(project.root, "services/organization.ts");
      writeFileSync(
        path,
        project
          .read("services/organization.ts")
          .replace("teams: {", "teams: teams({")
          .replace(/^ {2}\},\n {2}cloudflare/m, "  }),\n  cloudflare"),
      );
      before = project.services();
      const message = await refusal({});
      expect(message).toContain("services/organization.ts could not be changed: `teams({` is no literal { … }");
      expect(message).toContain('add the team "demo-maintainers" to it yourself');
    });

    it("files behind links, and a directory without services", async () => {
      const path = join(project.root, "services/fleet.ts");
      renameSync(path, join(project.root, "elsewhere.ts"));
      symlinkSync(join(project.root, "elsewhere.ts"), path);
      await expect(refusal({})).resolves.toContain("services/fleet.ts is no plain file");
      rmSync(path);
      before = project.services();
      await expect(refusal({})).resolves.toContain("services/fleet.ts is not there");
    });

    it("a directory services/ that is a link to another", async () => {
      renameSync(join(project.root, "services"), join(project.root, "real"));
      symlinkSync(join(project.root, "real"), join(project.root, "services"));
      await expect(refusal({})).resolves.toContain("services is a link");
    });

    it("a name whose file is there, if only as a broken link", async () => {
      symlinkSync("/nowhere", join(project.root, "services/demo.sealed.json"));
      await expect(run()).rejects.toThrow("services/demo.sealed.json is there already");
      mkdirSync(join(project.root, "services/other.ts"));
      await expect(run({ service: "other" })).rejects.toThrow("services/other.ts is there already");
    });

    it("to go on when it is interrupted at a question", async () => {
      const ask = async (question: string) => {
        if (question.startsWith("what it is")) throw new Error("aborted");
        return "";
      };
      await expect(refusal({ yes: false, ask })).resolves.toBe("aborted");
    });

    it("to go on when it is interrupted at work", async () => {
      const controller = new AbortController();
      controller.abort();
      await expect(refusal({ signal: controller.signal })).resolves.toContain("aborted");
    });
  });
});
