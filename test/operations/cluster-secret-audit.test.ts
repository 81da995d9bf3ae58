import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { auditClusterSecrets } from "../../operations/cluster-secret-audit";
import { relay } from "../../services/relay";
import { summit } from "../../services/summit";

const NOW = Date.parse("2026-11-27T04:00:00Z");
const PATH = "services/summit.prod.sealed-secret.json";
const note = {
  certificate: "0".repeat(64),
  owner: "data",
  sealedAt: "2026-10-01T04:00:00Z",
  rotateBy: "2026-12-30T04:00:00Z",
};

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
  mkdirSync(join(root, "services"));
});
afterEach(() => rmSync(root, { recursive: true }));

/** What stands in the file of production, by key: what is noted of it. */
function write(keys: Readonly<Record<string, object | undefined>>): void {
  const annotated = Object.entries(keys).filter(([, noted]) => noted !== undefined);
  const annotations = annotated.map(([key, noted]) => [`sealed.gatehouse.dev/${key}`, JSON.stringify(noted)]);
  const [name, namespace] = ["summit", "summit-prod"];
  const manifest = {
    apiVersion: "bitnami.com/v1alpha1",
    kind: "SealedSecret",
    metadata: { name, namespace, labels: {}, annotations: Object.fromEntries(annotations) },
    spec: {
      encryptedData: Object.fromEntries(Object.keys(keys).map((key) => [key, "AAAA"])),
      template: { metadata: { name, namespace }, type: "Opaque" },
    },
  };
  writeFileSync(join(root, PATH), JSON.stringify(manifest));
}

const inProduction = () =>
  auditClusterSecrets(summit, root, NOW).filter(({ place }) => place === "Secret summit in summit-prod");

describe("what is sealed for clusters, against the declaration (HOT-3, MAE-4)", () => {
  test("what is sealed and not due is as declared", () => {
    write({ DATABASE_URL: note });
    expect(inProduction()).toEqual([
      {
        place: "Secret summit in summit-prod",
        key: "DATABASE_URL",
        owner: "data",
        ageDays: 57,
        due: "2026-12-30",
        answer: "as declared",
        said: "sealed on 2026-10-01",
      },
    ]);
  });

  test("what is declared and not sealed differs, in each stage, with the command that seals it", () => {
    const todo = (stage: string) =>
      `data seals it: npx gatehouse seal summit ${stage} DATABASE_URL --certificate <file>`;
    expect(auditClusterSecrets(summit, root, NOW)).toMatchObject([
      { place: "Secret summit in summit-stage", answer: "differs", todo: todo("stage") },
      {
        place: "Secret summit in summit-prod",
        answer: "differs",
        said: "declared, and not sealed",
        todo: todo("prod"),
      },
    ]);
  });

  test("what is past its day differs", () => {
    write({ DATABASE_URL: { ...note, rotateBy: "2026-11-26T04:00:00Z" } });
    expect(inProduction()).toMatchObject([{ answer: "differs", said: "sealed on 2026-10-01: overdue" }]);
  });

  test("what is sealed and not declared is named", () => {
    write({ DATABASE_URL: note, OLD_TOKEN: note });
    expect(inProduction()[1]).toEqual({
      place: "Secret summit in summit-prod",
      key: "OLD_TOKEN",
      answer: "not declared",
      said: `sealed in ${PATH}`,
      todo: `declare it in cluster.secrets, or take it out of ${PATH}`,
    });
  });

  test.each([undefined, { ...note, sealedAt: "yesterday" }])("a note like %j says nothing of its age", (noted) => {
    write({ DATABASE_URL: noted });
    expect(inProduction()).toMatchObject([
      { answer: "could not be seen", said: `sealed in ${PATH}, and not written when` },
    ]);
  });

  test("a file that is another thing could not be seen, and is not quoted", () => {
    writeFileSync(join(root, PATH), '{ "kind": "Secret", "stringData": { "DATABASE_URL": "canary" } }');
    const [sight] = inProduction();
    expect(sight).toMatchObject({ key: "DATABASE_URL", owner: "data", answer: "could not be seen" });
    expect(sight?.said).toMatch(/^services\/summit.prod.sealed-secret.json is not the SealedSecret "summit"/);
    expect(JSON.stringify(sight)).not.toContain("canary");
  });

  test("a service without such secrets has none", () => {
    expect(auditClusterSecrets(relay, root, NOW)).toEqual([]);
  });
});
