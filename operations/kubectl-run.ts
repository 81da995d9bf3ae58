import { spawn } from "node:child_process";
import { delimiter } from "node:path";
import { ClusterProblem, type ClusterProblemKind } from "./cluster-api";
import { printable } from "./console";
import { Failure } from "./failure";
import { redacted } from "./redact";

export interface KubectlProps {
  /** Context of the kubeconfig. */
  readonly context: string;
  /** With `KUBE_CONFIG_PATH` or `KUBE_CONFIG_PATHS`, as Terraform's providers read them. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  /** How long one answer of the server may take. Seconds. @default 20 */
  readonly requestSeconds?: number | undefined;
  /** How long a login plugin may take in addition. Seconds. @default 30 */
  readonly loginSeconds?: number | undefined;
}

const REQUEST_SECONDS = 20;
/** Login plugins of kubeconfigs may ask a server of their own first. */
const LOGIN_SECONDS = 30;
const LONGEST_QUOTE = 600;
/** No answer that is asked for here is so long. */
const MOST_BYTES = 64 * 1024 * 1024;

const HOW_TO_GET = "Install it (https://kubernetes.io/docs/tasks/tools/), and put it on PATH.";

/** A JSON Web Token, whole or cut: a login plugin may quote what it was given. */
const TOKEN = /\beyJ[\w-]{10,}(?:\.[\w-]+){0,2}|\bBearer\s+\S+/g;

/** Most of what kubectl and the client library say, by kind. Source: k8s.io/apimachinery/pkg/api/errors and k8s.io/client-go. */
const KINDS: readonly (readonly [ClusterProblemKind, RegExp])[] = [
  ["not found", /Error from server \(NotFound\)/],
  [
    "forbidden",
    /\((?:Forbidden|Unauthorized)\)|You must be logged in|the server has asked for the client to provide credentials/,
  ],
  [
    "unreachable",
    /Unable to connect to the server|The connection to the server .* was refused|\((?:ServiceUnavailable|Timeout|ServerTimeout|TooManyRequests)\)|dial tcp|no such host|i\/o timeout|TLS handshake timeout|deadline exceeded|request canceled|unexpected EOF|connection (?:refused|reset)|currently unable to handle the request/,
  ],
];

const REMEDIES: Readonly<Record<ClusterProblemKind, string>> = {
  "not found": "see whether somebody removed it meanwhile",
  forbidden: "log in again, or ask for a role that may do this (kubectl auth can-i --list)",
  unreachable: "see that the cluster runs and that this machine may reach it; nothing was changed by this",
  other: "see what kubectl says; kubectl config get-contexts lists the contexts",
};

/**
 * Runs the `kubectl` program against one cluster: it knows every login plugin of kubeconfigs. What it prints.
 *
 * Reads the kubeconfig that Terraform's providers read, so that both mean the same cluster.
 *
 * @throws ClusterProblem what the cluster, or kubectl, complained about; without tokens
 * @throws Failure when there is no kubectl, or no kubeconfig is named
 */
export async function runKubectl(props: KubectlProps, args: readonly string[], input = ""): Promise<string> {
  const { context, signal, requestSeconds = REQUEST_SECONDS, loginSeconds = LOGIN_SECONDS } = props;
  signal?.throwIfAborted();
  const answer = await started(
    [...args, `--context=${context}`, `--request-timeout=${requestSeconds}s`],
    kubeconfigEnvironment(props.environment),
    input,
    (requestSeconds + loginSeconds) * 1000,
  );
  signal?.throwIfAborted();
  if (answer.tooLong) throw clusterProblem(props, "other", `kubectl printed more than ${MOST_BYTES} bytes`);
  if (answer.exitCode === 0) return answer.stdout;
  if (answer.timedOut) throw clusterProblem(props, "unreachable", `kubectl did not end in time; ${answer.stderr}`);
  const kind = KINDS.find(([, pattern]) => pattern.test(answer.stderr))?.[0] ?? "other";
  throw clusterProblem(props, kind, answer.stderr.trim() || `kubectl ended with ${answer.exitCode}`);
}

export function clusterProblem(
  { context, environment }: KubectlProps,
  kind: ClusterProblemKind,
  said: string,
): ClusterProblem {
  const clean = printable(redacted(said, environment).replace(TOKEN, "***").replace(/\s+/g, " ").trim());
  const quoted = clean.length > LONGEST_QUOTE ? `${clean.slice(0, LONGEST_QUOTE)}…` : clean;
  return new ClusterProblem(kind, `the cluster of context "${context}": ${WORDS[kind]}: ${quoted}\n${REMEDIES[kind]}`);
}

const WORDS: Readonly<Record<ClusterProblemKind, string>> = {
  "not found": "something is not there",
  forbidden: "it refused this login",
  unreachable: "it could not be reached",
  other: "kubectl could not do it",
};

/**
 * Variables under which kubectl reads the same kubeconfig as Terraform's providers do.
 *
 * @throws Failure when none is named: the providers would ask localhost
 */
export function kubeconfigEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const { KUBE_CONFIG_PATH, KUBE_CONFIG_PATHS } = environment;
  const paths = KUBE_CONFIG_PATHS || KUBE_CONFIG_PATH;
  if (!paths)
    throw new Failure(
      "KUBE_CONFIG_PATH is not set\nset it to the kubeconfig file with the clusters' contexts, such as ~/.kube/config; Terraform reads it too",
    );
  // The providers expand a leading ~; kubectl leaves that to the shell.
  const expanded = paths.split(delimiter).map((path) => path.replace(/^~(?=\/|$)/, environment.HOME ?? "~"));
  return { ...environment, KUBECONFIG: expanded.join(delimiter) };
}

interface Answer {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
  readonly tooLong: boolean;
}

function started(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  input: string,
  milliseconds: number,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // A group of its own: Ctrl-C in a terminal is Gatehouse's, which ends what is under way first.
    const child = spawn("kubectl", args, { env: environment, detached: true, stdio: "pipe" });
    // Not by spawn's own option: where there is no such program, that timer would keep Gatehouse from ending.
    const timer = setTimeout(() => child.kill("SIGKILL"), milliseconds);
    const output = { stdout: "", stderr: "" };
    const keep = (stream: keyof typeof output) => (text: string) => {
      output[stream] += text;
      if (output[stream].length > MOST_BYTES) child.kill("SIGKILL");
    };
    child.stdout.setEncoding("utf8").on("data", keep("stdout"));
    child.stderr.setEncoding("utf8").on("data", keep("stderr"));
    child.once("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(error.code === "ENOENT" ? new Failure(`there is no "kubectl" on PATH\n${HOW_TO_GET}`) : error);
    });
    child.once("close", (exitCode, killedBy) => {
      clearTimeout(timer);
      const tooLong = output.stdout.length > MOST_BYTES || output.stderr.length > MOST_BYTES;
      resolve({ ...output, exitCode, timedOut: killedBy !== null && !tooLong, tooLong });
    });
    // A program that ends before it has read all is judged by its exit code.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}
