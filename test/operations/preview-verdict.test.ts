import { type PreviewRecord, readPreview } from "../../operations/preview-record";
import { allDeclaredPreviews } from "../../operations/preview-target";
import { previewVerdict, type VerdictInputs } from "../../operations/preview-verdict";
import { HOUR, NOON, previewMetadata, summitFleet } from "./preview-world";

// Made at 11:00, used at 11:50, until three days after 11:00.
const record = readPreview(
  { metadata: { uid: "1", ...previewMetadata(42) } },
  allDeclaredPreviews(summitFleet()),
) as PreviewRecord;
const verdict = (inputs: Partial<VerdictInputs>) =>
  previewVerdict(record, { now: NOON, pullRequest: "open", asleep: false, ...inputs });

describe("what is to become of a preview", () => {
  test("it stays while its pull request is open, or nobody knows, and it was used within the hour", () => {
    const kept = { action: "keep", reason: "it was used at 2026-03-01T11:50:00Z; it lives until 2026-03-04T11:00:00Z" };
    expect(verdict({})).toEqual(kept);
    expect(verdict({ pullRequest: undefined })).toEqual(kept);
  });

  test("it goes at the very moment it expires, not before", () => {
    expect(verdict({ now: NOON + 71 * HOUR - 1, asleep: true })).toMatchObject({ action: "keep" });
    expect(verdict({ now: NOON + 71 * HOUR })).toEqual({
      action: "remove",
      reason: "it expired at 2026-03-04T11:00:00Z",
    });
  });

  test.each(["closed", "merged"] as const)("it goes when its pull request is %s", (pullRequest) => {
    expect(verdict({ pullRequest })).toEqual({ action: "remove", reason: `pull request 42 is ${pullRequest}` });
    expect(verdict({ pullRequest, asleep: true })).toMatchObject({ action: "remove" });
  });

  test("it may sleep when it was not used for an hour, not before", () => {
    const used = NOON - HOUR / 6;
    expect(verdict({ now: used + HOUR - 1 })).toMatchObject({ action: "keep" });
    expect(verdict({ now: used + HOUR })).toEqual({
      action: "sleep",
      reason: "it was not deployed or woken for 60 minutes",
    });
  });

  test("one that sleeps is left to", () => {
    expect(verdict({ now: NOON + 2 * HOUR, asleep: true })).toEqual({
      action: "keep",
      reason: "it sleeps; it lives until 2026-03-04T11:00:00Z",
    });
  });
});
