import { deliveryTraceId } from "../../../declaration/delivery-trace";
import { describeWith } from "../../support/programs";
import { keyPair, SECRETS, SigningBench } from "./signing-bench";
import type { Environment } from "./train-bench";

const PINNED = `FROM registry.example/node@sha256:${"a".repeat(64)} AS build\nFROM build\nCOPY . /app\n`;

interface Origin {
  readonly builder?: string | null;
  readonly repository?: string;
  readonly commits?: readonly object[];
}

/** A statement of provenance, as far as the test changes it. */
interface Provenance {
  readonly predicate: {
    readonly buildDefinition: { readonly externalParameters: { readonly workflow: object } };
    readonly runDetails: object;
  };
}

describeWith(["cosign", "crane", "registry", "git", "jq"], "an image of the release train", () => {
  let bench: SigningBench;
  let sha: string;
  let digest: string;
  const trace = deliveryTraceId("openclaw/summit", { pullRequest: 42 });
  beforeAll(async () => {
    bench = await SigningBench.start();
    bench.write("clone/Dockerfile", PINNED);
    sha = bench.commit("app.js", "1", "feat: app");
  });
  afterAll(() => bench?.stop());

  test("is built from what is committed, and not signed by what builds it", async () => {
    bench.write("clone/left-over", "not committed");
    bench.write("clone/app.js", "changed");
    const { code, output } = await bench.build(sha, { CHANGE: "42" });
    bench.git("checkout", "--", "app.js");
    expect(output).toContain("built and pushed, not signed yet");
    expect(code).toBe(0);
    expect(bench.output("built")).toBe("true");
    digest = bench.output("digest");
    expect(digest).toBe(bench.crane("digest", `${bench.repository}:sha-${sha}`));
    const files = bench.crane("export", `${bench.repository}@${digest}`, "-");
    expect(files).toContain("app.js");
    expect(files).not.toContain("left-over");
    expect(files).not.toContain("changed");
    expect(bench.calls).not.toMatch(/cosign (?:sign|attest)/);
    expect((await bench.verify(digest, sha)).code).toBe(1);
  });

  test("is signed and described as what it was built from, and by whom", async () => {
    const { code, output } = await bench.sign(sha, { CHANGE: "42" });
    expect(output).toContain(`✓ ${bench.repository}@${digest}, built from ${sha}, is signed, with SBOM and provenance`);
    expect(code).toBe(0);
    expect(bench.json("evidence/image.json")).toMatchObject({
      service: "summit",
      commit: sha,
      digest,
      signed: true,
      signing: "key",
    });
    expect(bench.json("evidence/sbom.intoto.ndjson")).toMatchObject({
      predicateType: "https://spdx.dev/Document",
      subject: [{ digest: { sha256: digest.slice(7) } }],
      predicate: { spdxVersion: "SPDX-2.3" },
    });
    expect(bench.json("evidence/provenance.intoto.ndjson")).toMatchObject({
      predicateType: "https://slsa.dev/provenance/v1",
      predicate: {
        buildDefinition: {
          externalParameters: {
            workflow: { repository: "https://github.com/openclaw/summit", ref: "refs/heads/main" },
          },
          internalParameters: { traceparent: expect.stringMatching(new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`)) },
          resolvedDependencies: [{ digest: { gitCommit: sha } }],
        },
        runDetails: {
          builder: { id: "https://github.com/actions/runner/github-hosted" },
          metadata: {
            invocationID: "https://github.com/openclaw/summit/actions/runs/1",
            startedOn: bench.output("began"),
          },
        },
      },
    });
  });

  test("is built in a way that two builds of one commit can give one digest", () => {
    const time = bench.git("log", "-1", "--format=%ct", sha);
    expect(bench.calls).toContain("--driver docker-container --driver-opt image=moby/buildkit:v0.29.0@sha256:");
    const build = bench.calls.split("\n").find((line) => line.startsWith("buildx build")) ?? "";
    expect(build).toContain(`--platform linux/amd64 --no-cache --build-arg SOURCE_DATE_EPOCH=${time}`);
    expect(build).toContain("--provenance=false --sbom=false");
    // Labels say what is so of the commit for ever: the run that built it is told by the provenance.
    expect(build).toContain(
      `--label org.opencontainers.image.revision=${sha} --label org.opencontainers.image.source=https://github.com/openclaw/summit --label gatehouse.delivery.trace_id=${trace} `,
    );
    expect(build).toContain(",push=true,rewrite-timestamp=true");
    expect(bench.calls).toMatch(/buildx rm --force train-/);
  });

  test("is signed without a public log, and no secret stands in an argument, in the output or in a file", async () => {
    expect(bench.calls).toContain(
      `cosign sign --yes --key env://COSIGN_PRIVATE_KEY --tlog-upload=false ${bench.repository}@${digest}`,
    );
    for (const secret of SECRETS)
      expect(bench.calls + bench.read("summary") + bench.read("output")).not.toContain(secret);
    expect(bench.leftOvers).toEqual([]);
  });

  test("is not built a second time once it is there and signed", async () => {
    const calls = bench.calls.length;
    const { code, output } = await bench.build(sha);
    expect(code).toBe(0);
    expect(output).toContain(`is ${digest} already, signed and described: it is not built a second time`);
    expect(bench.calls.slice(calls)).not.toContain("buildx build");
    expect(bench.output("digest")).toBe(digest);
    expect(bench.output("built")).toBe("false");
  });

  test("is not signed a second time either, and what is kept of it is the same", async () => {
    const calls = bench.calls.length;
    const { code, output } = await bench.sign(sha);
    expect(code).toBe(0);
    expect(output).toContain(`${bench.repository}@${digest} is signed and described already`);
    expect(bench.calls.slice(calls)).not.toMatch(/cosign (?:sign|attest)/);
    expect(bench.json("evidence/image.json")).toMatchObject({ digest, signed: false });
    expect(bench.json("evidence/sbom.intoto.ndjson")).toMatchObject({ predicateType: "https://spdx.dev/Document" });
  });

  test("is built again, as the same, when the run was lost before it was signed", async () => {
    const lost = bench.commit("app.js", "lost", "feat: lost");
    await bench.build(lost);
    const first = bench.output("digest");
    const { output } = await bench.build(lost);
    expect(output).toContain(`is ${first}, but it has no signature that is trusted`);
    expect(bench.output("digest")).toBe(first);
    expect((await bench.sign(lost)).code).toBe(0);
    expect((await bench.verify(first, lost)).code).toBe(0);
  });

  describe("built a second time", () => {
    const reproduce = (env: Environment = {}) =>
      bench.step("train-reproduce.sh", { COMMIT: sha, SOURCE: bench.clone, RELEASED_DIGEST: digest, ...env });

    test("is the same, and pushed nowhere", async () => {
      const calls = bench.calls.length;
      const { code, output } = await reproduce();
      expect(output).toContain(`✓ ${sha}, built again on another machine, is ${digest} too`);
      expect(code).toBe(0);
      expect(bench.calls.slice(calls)).toContain(",push=false,rewrite-timestamp=true");
    });

    test("fails when it is another one, and says what to look for", async () => {
      const other = `sha256:${"b".repeat(64)}`;
      const { code, output } = await reproduce({ RELEASED_DIGEST: other });
      expect(code).toBe(1);
      expect(output).toContain(`::error::two builds of ${sha} differ: ${other} was released, ${digest} came of it now`);
    });
  });

  test("is built again when what stands under its tag is signed by nobody", async () => {
    const next = bench.commit("app.js", "2", "feat: two");
    const planted = bench.push(`sha-${next}`, "planted");
    const { code, output } = await bench.build(next);
    expect(output).toContain(`is ${planted}, but it has no signature that is trusted`);
    expect(code).toBe(0);
    expect(bench.output("digest")).not.toBe(planted);
  });

  describe("is deployed", () => {
    test("when signature, SBOM and provenance are trusted", async () => {
      const { code, output } = await bench.verify(digest, sha);
      expect(code).toBe(0);
      expect(output).toContain(
        `✓ ${bench.repository}@${digest} is signed, was built from ${sha}, and its SBOM is attached`,
      );
    });

    test("by its digest, whatever its tag says by now", async () => {
      bench.push(`sha-${sha}`, "somebody moved the tag");
      expect((await bench.verify(digest, sha)).code).toBe(0);
    });
  });

  describe("is not deployed", () => {
    const attach = (keys: string) => ["--yes", "--key", keys, "--tlog-upload=false"];
    const predicate = (name: string, content: object) => {
      bench.write(name, JSON.stringify(content));
      return `${bench.directory}/${name}`;
    };
    async function refused(of: string, commit = sha): Promise<string> {
      const { code, output } = await bench.verify(of, commit);
      expect(code).toBe(1);
      expect(output).toContain(`::error::${bench.repository}@${of} is not deployed: `);
      expect(output).toContain("Expected an image that release-train.yml built, signed and described");
      return output;
    }

    test("without a signature", async () => {
      expect(await refused(bench.push("unsigned", "unsigned"))).toContain("it has no signature that is trusted");
    });

    test("with a signature by another key", async () => {
      const other = bench.push("other", "by another key");
      bench.cosign(keyPair(), "sign", ...attach("env://KEY"), `${bench.repository}@${other}`);
      expect(await refused(other)).toContain("it has no signature that is trusted");
    });

    test("with the signature of another image", async () => {
      const other = bench.push("copied", "with copied signature");
      for (const kind of ["sig", "att"]) {
        const tag = (of: string) => `${bench.repository}:${of.replace(":", "-")}.${kind}`;
        bench.crane("copy", tag(digest), tag(other));
      }
      expect(await refused(other)).toContain("it has no signature that is trusted");
    });

    test("without an SBOM", async () => {
      const bare = bench.push("bare", "signed, not described");
      bench.cosign(bench.keys, "sign", ...attach("env://KEY"), `${bench.repository}@${bare}`);
      expect(await refused(bare)).toContain("no SBOM is attached to it that is trusted");
    });

    test("without provenance", async () => {
      const subject = `${bench.repository}@${bench.push("unknown", "of unknown origin")}`;
      bench.cosign(bench.keys, "sign", ...attach("env://KEY"), subject);
      const sbom = ["--type", "spdxjson", "--predicate", predicate("sbom", { spdxVersion: "SPDX-2.3" })];
      bench.cosign(bench.keys, "attest", ...attach("env://KEY"), ...sbom, subject);
      expect(await refused(subject.split("@")[1] ?? "")).toContain("no provenance is attached to it that is trusted");
    });

    test.each([
      [
        "by a machine that isn't GitHub's",
        { builder: "https://example.com/own-runner" },
        "it was built by https://example.com/own-runner, not by https://github.com/actions/runner/github-hosted",
      ],
      [
        "by a builder that nobody names",
        { builder: null },
        "it was built by (none is named), not by https://github.com/actions/runner/github-hosted",
      ],
      [
        "from another repository",
        { repository: "https://github.com/openclaw/maestro" },
        "it was built from the repository https://github.com/openclaw/maestro, not from https://github.com/openclaw/summit",
      ],
      ["from no commit", { commits: [] }, "it was built from no commit that is named"],
    ])("built %s", async (what, { builder, repository, commits }: Origin, problem) => {
      const subject = `${bench.repository}@${bench.push(what.replaceAll(/\W+/g, "-"), what)}`;
      const { predicate: good } = bench.json<Provenance>("evidence/provenance.intoto.ndjson");
      const { buildDefinition: definition, runDetails: details } = good;
      const wrong = {
        buildDefinition: {
          ...definition,
          externalParameters: {
            workflow: { ...definition.externalParameters.workflow, ...(repository && { repository }) },
          },
          ...(commits && { resolvedDependencies: commits }),
        },
        runDetails: { ...details, ...(builder !== undefined && { builder: { id: builder ?? undefined } }) },
      };
      bench.cosign(bench.keys, "sign", ...attach("env://KEY"), subject);
      const described = [
        ["spdxjson", { spdxVersion: "SPDX-2.3" }],
        ["slsaprovenance1", wrong],
      ] as const;
      for (const [type, content] of described) {
        const as = ["--type", type, "--predicate", predicate(type, content)];
        bench.cosign(bench.keys, "attest", ...attach("env://KEY"), ...as, subject);
      }
      expect(await refused(subject.split("@")[1] ?? "")).toContain(problem);
    });

    test("as another commit than it was built from", async () => {
      const other = "f".repeat(40);
      expect(await refused(digest, other)).toContain(`it was built from ${sha}, not from ${other}`);
    });

    test("by a tag", async () => {
      const { code, output } = await bench.verify(`sha-${sha}`, sha);
      expect(code).toBe(1);
      expect(output).toContain(
        `::error::the variable DIGEST is sha-${sha}; expected a digest; copy it as a release names it`,
      );
    });
  });

  describe("is not built", () => {
    test.each([
      ["from a tag", "FROM node:24\n", "node:24"],
      ["from an argument", "ARG BASE=node\nFROM $" + "{BASE}\n", "$" + "{BASE}"],
      ["with files of a tag", `${PINNED}COPY --from=busybox:1 /bin/sh /bin/sh\n`, "busybox:1"],
      ["with a frontend by a tag", `# syntax=docker/dockerfile:1\n${PINNED}`, "docker/dockerfile:1"],
    ])("%s", async (_what, dockerfile, named) => {
      const { code, output } = await bench.build(bench.commit("Dockerfile", dockerfile, "chore: loose"));
      expect(code).toBe(1);
      expect(output).toContain(`::error::Dockerfile begins with ${named}; expected every image by its digest`);
    });

    test("without the Dockerfile that the declaration names", async () => {
      bench.git("rm", "--quiet", "Dockerfile");
      const { code, output } = await bench.build(bench.commit("app.js", "3", "chore: gone"));
      expect(code).toBe(1);
      expect(output).toContain("has no Dockerfile; expected it there, as the declaration says");
    });

    test.each([
      ["COMMIT", "main", "the variable COMMIT is main; expected 40 hexadecimal digits; copy the full SHA"],
      [
        "REGISTRY_TOKEN",
        "",
        "the variable REGISTRY_TOKEN is empty; expected that user's token; seal the secret for this environment",
      ],
    ])("with a %s of %j", async (name, value, message) => {
      const { code, output } = await bench.build(sha, { [name]: value });
      expect(code).toBe(1);
      expect(output).toContain(`::error::${message}`);
    });

    test.each([
      ["COSIGN_PRIVATE_KEY", "", "the variable COSIGN_PRIVATE_KEY is empty; expected the private key, encrypted"],
      ["COSIGN_PASSWORD", "", "the variable COSIGN_PASSWORD is empty; expected the password of the private key"],
      ["DIGEST", "sha-1", "the variable DIGEST is sha-1; expected a digest"],
      ["BEGAN", "", "the variable BEGAN is ''; expected a time such as 2026-01-31T12:00:00Z"],
    ])("and not signed with a %s of %j", async (name, value, message) => {
      const { code, output } = await bench.sign(sha, { [name]: value });
      expect(code).toBe(1);
      expect(output).toContain(`::error::${message}`);
    });

    test("while the registry is away: nothing is taken for missing that can't be seen", async () => {
      const away = await SigningBench.start();
      away.write("clone/Dockerfile", PINNED);
      const commit = away.commit("app.js", "1", "feat: app");
      await away.registry.stop();
      const { code, output } = await away.build(commit);
      away.dispose();
      expect(code).toBe(1);
      expect(output).toContain("::error::the registry can't be asked for ");
      expect(away.calls).not.toContain("buildx build");
    });
  });
});
