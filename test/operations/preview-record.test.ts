import { KUBERNETES, MANAGED_BY } from "../../declaration/cluster-names";
import { annotated, looksLikePreview, readPreview } from "../../operations/preview-record";
import { allDeclaredPreviews } from "../../operations/preview-target";
import { HOUR, NOON, previewMetadata, summitFleet } from "./preview-world";

const declared = allDeclaredPreviews(summitFleet());
const preview = (change: (metadata: ReturnType<typeof previewMetadata>) => object = (same) => same) => ({
  metadata: { uid: "1", ...previewMetadata(42), ...change(previewMetadata(42)) },
});
const labelled = (labels: Record<string, string | undefined>) =>
  preview((one) => ({
    labels: Object.fromEntries(
      Object.entries({ ...one.labels, ...labels }).filter(([, value]) => value !== undefined),
    ) as Record<string, string>,
  }));
const annotatedWith = (annotations: Record<string, string | undefined>) => ({
  metadata: { uid: "1", ...previewMetadata(42, annotations) },
});

describe("a namespace is a preview of Gatehouse's", () => {
  test("when labels, name and times agree", () => {
    expect(readPreview(preview(), declared)).toEqual({
      declared: declared[0],
      pullRequest: 42,
      namespace: "pr-42",
      uid: "1",
      deleting: false,
      createdAt: NOON - HOUR,
      expiresAt: NOON + 71 * HOUR,
      usedAt: NOON - HOUR / 6,
      readySeconds: 74,
    });
  });

  test("also while it is being made: it is used since it was made, and not ready yet", () => {
    expect(
      readPreview(annotatedWith({ [KUBERNETES.usedAt]: undefined, [KUBERNETES.readySeconds]: undefined }), declared),
    ).toMatchObject({ usedAt: NOON - HOUR, readySeconds: undefined });
  });

  test.each([
    [
      "has no labels",
      labelled({ [KUBERNETES.kind]: undefined }),
      "it has no label gatehouse.dev/kind: nothing says that Gatehouse made it",
    ],
    ["is a stage's", labelled({ [KUBERNETES.kind]: "stage" }), 'its label gatehouse.dev/kind says "stage"'],
    [
      "is kept by another tool",
      labelled({ [MANAGED_BY.label]: "Helm" }),
      'its label app.kubernetes.io/managed-by is "Helm", not "gatehouse"',
    ],
    [
      "is of a service that nobody declares",
      labelled({ [KUBERNETES.service]: "bygone" }),
      'its label gatehouse.dev/service is "bygone": no service with previews in this cluster',
    ],
    [
      "names no service",
      labelled({ [KUBERNETES.service]: undefined }),
      "its label gatehouse.dev/service is nothing: no service with previews in this cluster",
    ],
    [
      "has another number than its name",
      labelled({ [KUBERNETES.pullRequest]: "43" }),
      'the preview of pull request 43 of summit, which its labels name, is "pr-43"',
    ],
    [
      "has an odd number",
      labelled({ [KUBERNETES.pullRequest]: "042" }),
      'its label gatehouse.dev/pull-request is "042": no pull request',
    ],
    [
      "has no number",
      labelled({ [KUBERNETES.pullRequest]: undefined }),
      "its label gatehouse.dev/pull-request is nothing: no pull request",
    ],
    [
      "has another name",
      preview(() => ({ name: "prod" })),
      'the preview of pull request 42 of summit, which its labels name, is "pr-42"',
    ],
    [
      "doesn't say when it expires",
      annotatedWith({ [KUBERNETES.expiresAt]: undefined }),
      "its annotation gatehouse.dev/expires-at is nothing: no time in UTC, such as 2026-01-31T12:00:00Z",
    ],
    [
      "has words for a time",
      annotatedWith({ [KUBERNETES.expiresAt]: "tomorrow" }),
      'its annotation gatehouse.dev/expires-at is "tomorrow": no time in UTC',
    ],
    [
      "has a year for a time",
      annotatedWith({ [KUBERNETES.expiresAt]: "1999" }),
      'its annotation gatehouse.dev/expires-at is "1999": no time in UTC',
    ],
    [
      "has a day that isn't",
      annotatedWith({ [KUBERNETES.createdAt]: "2026-02-30T00:00:00Z" }),
      'its annotation gatehouse.dev/created-at is "2026-02-30T00:00:00Z"',
    ],
    [
      "has a time elsewhere",
      annotatedWith({ [KUBERNETES.usedAt]: "2026-02-03T00:00:00+01:00" }),
      'its annotation gatehouse.dev/used-at is "2026-02-03T00:00:00+01:00"',
    ],
  ])("not when it %s", (_, namespace, reason) => {
    expect(readPreview(namespace, declared)).toEqual({ reason: expect.stringContaining(reason) });
  });

  test("not where no service has previews", () => {
    expect(readPreview(preview(), [])).toMatchObject({ reason: expect.stringContaining("no service with previews") });
  });

  test("a figure that isn't one is none", () => {
    expect(readPreview(annotatedWith({ [KUBERNETES.readySeconds]: "soon" }), declared)).toMatchObject({
      readySeconds: undefined,
    });
  });
});

describe("a namespace has to do with previews", () => {
  const named = (name: string, labels: Record<string, string> = {}) => ({ metadata: { name, uid: "1", labels } });

  test("by its label or by its name", () => {
    expect(looksLikePreview(named("pr-99"), declared)).toBe(true);
    expect(looksLikePreview(named("elsewhere", { [KUBERNETES.kind]: "preview" }), declared)).toBe(true);
    expect(looksLikePreview(named("elsewhere", { [KUBERNETES.pullRequest]: "7" }), declared)).toBe(true);
  });

  test.each(["kube-system", "summit-stage", "pr-", "pr-x", "pr-042", "spr-42", "pr-42-db"])("not %s", (name) => {
    expect(looksLikePreview(named(name), declared)).toBe(false);
  });
});

test("times are written as they are read", () => {
  expect(annotated(NOON + 999)).toBe("2026-03-01T12:00:00Z");
});
