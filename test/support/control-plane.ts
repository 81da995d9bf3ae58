import { readFileSync } from "node:fs";
import { ApiClient } from "./api-client";
import { ChildProgram } from "./child-program";
import { ADMIN, type ClusterFiles } from "./cluster-files";
import { until } from "./until";

export function startEtcd(files: ClusterFiles, port: number, peerPort: number): ChildProgram {
  const client = `http://127.0.0.1:${port}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  const args = [
    `--data-dir=${files.directory}/etcd`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
  ];
  return new ChildProgram("etcd", args, files.log("etcd"));
}

export function startApiServer(files: ClusterFiles, etcdPort: number, port: number): ChildProgram {
  const args = [
    `--etcd-servers=http://127.0.0.1:${etcdPort}`,
    "--bind-address=127.0.0.1",
    "--advertise-address=127.0.0.1",
    `--secure-port=${port}`,
    `--cert-dir=${files.certificates}`,
    `--token-auth-file=${files.tokens}`,
    "--authorization-mode=RBAC",
    "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
    `--service-account-signing-key-file=${files.signingKey}`,
    `--service-account-key-file=${files.verifyingKey}`,
    "--service-cluster-ip-range=10.0.0.0/16",
    // As in most clusters: what refuses a privileged pod is its namespace's pod security, not the server.
    "--allow-privileged=true",
    // The service `kubernetes` can't point at loopback, and no pod is there to use it.
    "--endpoint-reconciler-type=none",
    // One test's few requests need no queues.
    "--enable-priority-and-fairness=false",
  ];
  return new ChildProgram("kube-apiserver", args, files.log("kube-apiserver"));
}

export function startControllerManager(files: ClusterFiles): ChildProgram {
  const args = [
    `--kubeconfig=${files.kubeconfig(ADMIN.token)}`,
    `--service-account-private-key-file=${files.signingKey}`,
    `--root-ca-file=${files.certificate}`,
    "--leader-elect=false",
    // Nobody asks it anything.
    "--secure-port=0",
    // Would drive pods off the played node, which sends no heartbeat.
    "--controllers=*,-node-lifecycle-controller",
  ];
  return new ChildProgram("kube-controller-manager", args, files.log("kube-controller-manager"));
}

/** Waits for the API server, bootstrap roles and all; a client for its administrator. @throws Error with its log */
export async function apiServerReady(server: ChildProgram, files: ClusterFiles, url: string): Promise<ApiClient> {
  const log = () => server.log().slice(-4000);
  const hasCertificate = () => {
    server.mustRun();
    return files.hasCertificate;
  };
  await until("the API server has a certificate", hasCertificate, 60, log);
  const admin = new ApiClient(url, ADMIN.token, readFileSync(files.certificate, "utf8"));
  const isReady = () => {
    server.mustRun();
    return admin.text("/readyz").catch(() => undefined);
  };
  await until("the API server is ready", isReady, 60, log);
  return admin;
}
