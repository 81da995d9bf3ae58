import { createHash, generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fulcioHandler, initializeCA, initializeCTLog, initializeTLog } from "@sigstore/mock";
import { HashAlgorithm, PublicKeyDetails, TrustedRoot } from "@sigstore/protobuf-specs";
import nock from "nock";

const FULCIO = "https://fulcio.sigstore.dev";
const REKOR = "https://rekor.sigstore.dev";
const DAY = 86_400_000;

export const WORKFLOW = "https://github.com/example/gatehouse/.github/workflows/deploy.yml@refs/heads/main";
export const ISSUER = "https://token.actions.githubusercontent.com";

type KeyPair = Parameters<typeof initializeCA>[0];
type LogEntries = Awaited<ReturnType<Awaited<ReturnType<typeof initializeTLog>>["log"]>>;

/** What a fault does instead of an answer; undefined lets the answer pass. */
type Fault = () => { readonly status: number } | "cut" | undefined;

const keyPair = (): KeyPair => generateKeyPairSync("ec", { namedCurve: "P-256" });
const sha256 = (data: Buffer | string) => createHash("sha256").update(data);

/** Plays GitHub's issuer of tokens, Fulcio and Rekor: with keys of its own, at a time of its own. */
export class SigstoreStandIn {
  /** What GitHub says of the run. */
  identity = WORKFLOW;
  issuer = ISSUER;
  /** By how much the log's clock is ahead. Milliseconds. */
  logAhead = 0;
  /** Where a test looks at what was sent to the log, and breaks the connections. */
  readonly sent: string[] = [];
  readonly asked: URL[] = [];
  token: () => { readonly status: number; readonly body: string } = () => ({ status: 200, body: this.tokenAnswer() });
  fulcio: Fault = () => undefined;
  rekor: Fault = () => undefined;
  private readonly ca = keyPair();
  private readonly certificateLog = keyPair();
  private readonly log = keyPair();
  private readonly taken = new Map<string, LogEntries>();
  private root!: TrustedRoot;
  private issuerOfTokens!: Server;

  private constructor(private readonly now: () => number) {}

  static async start(now: () => number): Promise<SigstoreStandIn> {
    const standIn = new SigstoreStandIn(now);
    standIn.root = await standIn.trustedRoot();
    standIn.issuerOfTokens = createServer((request, response) => {
      standIn.asked.push(new URL(request.url ?? "", "http://localhost"));
      const authorized = request.headers.authorization === "Bearer not-a-real-token";
      const { status, body } = authorized ? standIn.token() : { status: 401, body: "" };
      response.writeHead(status, { "Content-Type": "application/json" }).end(body);
    });
    await new Promise<void>((listening) => standIn.issuerOfTokens.listen(0, "127.0.0.1", listening));
    standIn.answer();
    return standIn;
  }

  async close(): Promise<void> {
    nock.cleanAll();
    nock.enableNetConnect();
    await new Promise((closed) => this.issuerOfTokens.close(closed));
  }

  /** Of a run whose job is granted id-token: write. */
  get environment() {
    const { port } = this.issuerOfTokens.address() as AddressInfo;
    return {
      ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "not-a-real-token",
    };
  }

  /** As Sigstore's repository has it. */
  get trustedRootJson(): string {
    return JSON.stringify(TrustedRoot.toJSON(this.root));
  }

  writeTrustedRoot(directory: string): string {
    const file = join(directory, "trusted_root.json");
    writeFileSync(file, this.trustedRootJson);
    return file;
  }

  private tokenAnswer(): string {
    const claims = { sub: this.identity, iss: this.issuer };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    return JSON.stringify({ value: `${part({ alg: "none" })}.${part(claims)}.` });
  }

  private answer(): void {
    nock.disableNetConnect();
    nock.enableNetConnect("127.0.0.1");
    this.play(
      FULCIO,
      "/api/v2/signingCert",
      () => this.fulcio(),
      async (body) => {
        const certificateLog = await initializeCTLog(this.certificateLog, new Date(this.now()));
        const { fn } = fulcioHandler(await initializeCA(this.ca, certificateLog, new Date(this.now())));
        const { statusCode, response } = await fn(body);
        return [statusCode, String(response), {}];
      },
    );
    this.play(
      REKOR,
      "/api/v1/log/entries",
      () => this.rekor(),
      async (body) => {
        this.sent.push(body);
        const canonical = canonicalized(body);
        const before = this.taken.get(canonical);
        if (before !== undefined) return [409, "{}", { Location: `/api/v1/log/entries/${Object.keys(before)[0]}` }];
        const log = await initializeTLog(REKOR, this.log, new Date(this.now() + this.logAhead));
        const entries = await log.log(JSON.parse(canonical) as object);
        this.taken.set(canonical, entries);
        return [201, JSON.stringify(entries), {}];
      },
    );
    nock(REKOR)
      .persist()
      .get(/^\/api\/v1\/log\/entries\/[0-9a-f]+$/)
      .reply((path) => {
        const entries = [...this.taken.values()].find((one) => path.endsWith(Object.keys(one)[0] ?? "-"));
        return [entries === undefined ? 404 : 200, JSON.stringify(entries ?? {}), JSON_TYPE];
      });
  }

  /** What is cut is cut after it was done, as answers get lost. */
  private play(
    base: string,
    path: string,
    fault: Fault,
    done: (body: string) => Promise<[number, string, Record<string, string>]>,
  ): void {
    nock(base)
      .persist()
      .post(path)
      .reply(async function reply(this: nock.ReplyFnContext, _path, body) {
        const broken = fault();
        if (typeof broken === "object") return [broken.status, "{}", JSON_TYPE];
        const [status, answer, headers] = await done(JSON.stringify(body));
        if (broken !== "cut") return [status, answer, { ...JSON_TYPE, ...headers }];
        this.req.destroy(new Error("socket hang up"));
        return [status, answer];
      });
  }

  private async trustedRoot(): Promise<TrustedRoot> {
    const start = new Date(this.now() - DAY);
    jest.useFakeTimers({ now: start, doNotFake: [...ALL_BUT_DATE] });
    const { rootCertificate } = await initializeCA(this.ca);
    jest.useRealTimers();
    const log = (baseUrl: string, { publicKey }: KeyPair) => {
      const rawBytes = publicKey.export({ format: "der", type: "spki" });
      return {
        baseUrl,
        hashAlgorithm: HashAlgorithm.SHA2_256,
        publicKey: { rawBytes, keyDetails: PublicKeyDetails.PKIX_ECDSA_P256_SHA_256, validFor: { start } },
        logId: { keyId: sha256(rawBytes).digest() },
        checkpointKeyId: undefined,
        operator: "example",
      };
    };
    return {
      mediaType: "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
      certificateAuthorities: [
        {
          subject: { commonName: "sigstore", organization: "sigstore.mock" },
          uri: FULCIO,
          certChain: { certificates: [{ rawBytes: Buffer.from(rootCertificate.buffer as ArrayBuffer) }] },
          validFor: { start },
          operator: "example",
        },
      ],
      tlogs: [log(REKOR, this.log)],
      ctlogs: [log("https://ctfe.sigstore.dev", this.certificateLog)],
      timestampAuthorities: [],
    };
  }
}

const JSON_TYPE = { "Content-Type": "application/json" };

const ALL_BUT_DATE = [
  "hrtime",
  "nextTick",
  "performance",
  "queueMicrotask",
  "setImmediate",
  "clearImmediate",
  "setInterval",
  "clearInterval",
  "setTimeout",
  "clearTimeout",
] as const;

/** What Rekor keeps of an envelope, as https://github.com/sigstore/rekor/blob/main/pkg/types/dsse/v0.0.1/entry.go has it. */
function canonicalized(proposed: string): string {
  const { apiVersion, kind, spec } = JSON.parse(proposed);
  const { envelope, verifiers } = spec.proposedContent;
  const { payload, signatures } = JSON.parse(envelope);
  return JSON.stringify({
    apiVersion,
    kind,
    spec: {
      envelopeHash: { algorithm: "sha256", value: sha256(envelope).digest("hex") },
      payloadHash: { algorithm: "sha256", value: sha256(Buffer.from(payload, "base64")).digest("hex") },
      signatures: [{ signature: signatures[0].sig, verifier: verifiers[0] }],
    },
  });
}
