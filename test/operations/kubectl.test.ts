import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClusterProblem } from "../../operations/cluster-api";
import { Kubectl } from "../../operations/kubectl";
import { type KubectlProps, kubeconfigEnvironment } from "../../operations/kubectl-run";
import { freePorts } from "../support/free-ports";
import { describeWith } from "../support/programs";

const SECRET = "secret-of-a-login-plugin";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "gatehouse-kubectl-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const asked = () => readFileSync(join(directory, "args"), "utf8").trimEnd().split("\n");

/** A program in kubectl's place, for answers that a server won't give on demand. */
function played(script: string, props: Partial<KubectlProps> = {}): Kubectl {
  const program = join(directory, "kubectl");
  writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$@" >"${directory}/args"\ncat >"${directory}/input"\n${script}\n`);
  chmodSync(program, 0o755);
  const environment = { PATH: `${directory}:/usr/bin:/bin`, KUBE_CONFIG_PATH: "/tmp/kubeconfig", DB_PASSWORD: SECRET };
  return new Kubectl({ context: "eu-1", environment, ...props });
}

async function problemOf(promise: Promise<unknown>): Promise<ClusterProblem> {
  const error = await promise.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(ClusterProblem);
  return error as ClusterProblem;
}

const saying = (text: string) => `cat >&2 <<'END'\n${text}\nEND\nexit 1`;

describe("kubectl is asked", () => {
  test("for one object in the declared context, and has a limit of time", async () => {
    const kubectl = played(`echo '{"metadata":{"name":"summit","uid":"1"}}'`);
    await expect(kubectl.find("deployment", "summit", "pr-42")).resolves.toEqual({
      metadata: { name: "summit", uid: "1" },
    });
    expect(asked()).toEqual([
      "get",
      "deployment",
      "summit",
      "--namespace=pr-42",
      "--ignore-not-found",
      "--output=json",
      "--context=eu-1",
      "--request-timeout=20s",
    ]);
  });

  test("and what is not there is undefined", async () => {
    await expect(played("exit 0").find("namespace", "pr-42")).resolves.toBeUndefined();
  });

  test("for lists: of all namespaces, and of one name", async () => {
    const kubectl = played(`echo '{"items":[]}'`);
    await expect(kubectl.list("deployment", { name: "summit" })).resolves.toEqual([]);
    expect(asked()).toEqual(expect.arrayContaining(["--all-namespaces", "--field-selector=metadata.name=summit"]));
    await kubectl.list("namespace");
    expect(asked()).not.toContain("--all-namespaces");
  });

  test("to delete the very namespace that was looked at, by its uid", async () => {
    await played("exit 0").deleteNamespace("pr-42", "uid-1");
    expect(asked().slice(0, 3)).toEqual(["delete", "--raw=/api/v1/namespaces/pr-42", "--filename=-"]);
    expect(JSON.parse(readFileSync(join(directory, "input"), "utf8"))).toMatchObject({
      preconditions: { uid: "uid-1" },
    });
  });

  test("to delete what is gone already, and that is fine", async () => {
    const gone = 'Error from server (NotFound): namespaces "pr-42" not found';
    await expect(played(saying(gone)).deleteNamespace("pr-42", "1")).resolves.toBeUndefined();
    const other = "Error from server (Conflict): the UID in the precondition does not match the UID in record";
    await problemOf(played(saying(other)).deleteNamespace("pr-42", "1"));
  });
});

describe("what kubectl complains of", () => {
  test.each([
    ["not found", 'Error from server (NotFound): deployments.apps "summit" not found'],
    ["forbidden", 'Error from server (Forbidden): namespaces is forbidden: User "guest" cannot list resource'],
    ["forbidden", "error: You must be logged in to the server (Unauthorized)"],
    ["unreachable", "Unable to connect to the server: dial tcp: lookup k8s.example on 10.0.0.1:53: no such host"],
    ["unreachable", "The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?"],
    ["unreachable", "Error from server (ServiceUnavailable): the server is currently unable to handle the request"],
    ["other", 'error: context "eu-1" does not exist'],
  ])("is %s: %s", async (kind, text) => {
    const problem = await problemOf(played(saying(text)).list("namespace"));
    expect(problem.kind).toBe(kind);
    expect(problem.message).toContain(`the cluster of context "eu-1": `);
    expect(problem.message).toContain(text);
  });

  test("is quoted without credentials and without what moves the cursor", async () => {
    const token = "eyJhbGciOiJSUzI1NiIsImtpZCI6.eyJzdWIiOiJzeXN0ZW0ifQ.c2lnbmF0dXJl";
    const { message } = await problemOf(
      played(saying(`\u001b[2J exec plugin: ${SECRET} Authorization: Bearer abc.def ${token}`)).list("namespace"),
    );
    expect(message).toContain("\\u001b[2J exec plugin: *** Authorization: *** ***");
  });

  test("is cut when it goes on and on", async () => {
    const { message } = await problemOf(played(saying("all work and no play ".repeat(500))).list("namespace"));
    expect(message.length).toBeLessThan(900);
  });

  test("is no JSON", async () => {
    const { message } = await problemOf(played("echo hello").list("namespace"));
    expect(message).toContain("kubectl printed no JSON: hello");
  });

  test("is nothing at all, for too long", async () => {
    // The limit of the request, and that of a login before it.
    const { kind } = await problemOf(played("exec sleep 60", { requestSeconds: 1, loginSeconds: 0 }).list("namespace"));
    expect(kind).toBe("unreachable");
  });
});

describe("without kubectl or a kubeconfig", () => {
  test("it says how to get one", async () => {
    const environment = { PATH: directory, KUBE_CONFIG_PATH: "/tmp/kubeconfig" };
    await expect(new Kubectl({ context: "eu-1", environment }).list("namespace")).rejects.toThrow(
      'there is no "kubectl" on PATH\nInstall it (https://kubernetes.io/docs/tasks/tools/), and put it on PATH.',
    );
  });

  test("it says which variable to set: the providers would ask localhost", () => {
    expect(() => kubeconfigEnvironment({ KUBECONFIG: "/elsewhere" })).toThrow(
      "KUBE_CONFIG_PATH is not set\nset it to the kubeconfig file with the clusters' contexts, such as ~/.kube/config; Terraform reads it too",
    );
  });

  test("it reads the file that Terraform's providers read", () => {
    const of = (environment: object) =>
      kubeconfigEnvironment({ HOME: "/home/me", KUBECONFIG: "/other", ...environment });
    expect(of({ KUBE_CONFIG_PATH: "~/.kube/config" }).KUBECONFIG).toBe("/home/me/.kube/config");
    expect(of({ KUBE_CONFIG_PATHS: "/a:~/b" }).KUBECONFIG).toBe("/a:/home/me/b");
  });
});

describeWith(["kubectl"], "the real kubectl", () => {
  test("a cluster that is away is unreachable", async () => {
    const [port] = await freePorts(1);
    const kubeconfig = join(directory, "kubeconfig");
    writeFileSync(
      kubeconfig,
      JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        clusters: [{ name: "away", cluster: { server: `https://127.0.0.1:${port}` } }],
        users: [{ name: "me", user: { token: SECRET } }],
        contexts: [{ name: "eu-1", context: { cluster: "away", user: "me" } }],
      }),
    );
    const environment = { ...process.env, KUBE_CONFIG_PATH: kubeconfig };
    const away = await problemOf(new Kubectl({ context: "eu-1", environment }).find("namespace", "pr-42"));
    expect(away.kind).toBe("unreachable");
    expect(away.message).not.toContain(SECRET);
    const unknown = await problemOf(new Kubectl({ context: "eu-2", environment }).find("namespace", "pr-42"));
    expect(unknown.message).toMatch(/context was not found for specified context: eu-2|context "eu-2" does not exist/);
  });
});
