import { describe, expect, it } from "vitest";
import { changeCommitment, describeCommitment, effectiveCommitment } from "./billing-commitment.ts";

const dayMs = 86_400_000;
const startedMs = Date.UTC(2026, 0, 1);
const endMs = startedMs + 30 * dayMs;

describe("the billing commitment", () => {
  it("starts once, and keeps its start when it is enabled again", () => {
    const enabled = changeCommitment({ status: "DISABLED" }, "ENABLED", startedMs);
    expect(enabled).toEqual({ status: "ENABLED", startedMs });
    expect(changeCommitment(enabled, "ENABLED", startedMs + dayMs)).toEqual(enabled);
    const ending = changeCommitment(enabled, "DISABLED", startedMs + dayMs);
    expect(ending).toEqual({ status: "ENABLED_UNTIL_EARLIEST_ALLOWED_END", startedMs });
    expect(changeCommitment(ending, "ENABLED", startedMs + 2 * dayMs)).toEqual(enabled);
  });

  it("ends at once after thirty days, and at that date when it was ended earlier", () => {
    const enabled = { status: "ENABLED", startedMs } as const;
    expect(changeCommitment(enabled, "DISABLED", endMs - 1).status).toBe(
      "ENABLED_UNTIL_EARLIEST_ALLOWED_END",
    );
    expect(changeCommitment(enabled, "DISABLED", endMs)).toEqual({
      status: "DISABLED",
      startedMs,
      endedMs: endMs,
    });
    const ending = { status: "ENABLED_UNTIL_EARLIEST_ALLOWED_END", startedMs } as const;
    expect(effectiveCommitment(ending, endMs - 1)).toEqual(ending);
    expect(effectiveCommitment(ending, endMs + dayMs)).toEqual({
      status: "DISABLED",
      startedMs,
      endedMs: endMs,
    });
    expect(effectiveCommitment(enabled, endMs + dayMs)).toEqual(enabled);
  });

  it("begins anew after it has ended", () => {
    const ended = { status: "DISABLED", startedMs, endedMs: endMs } as const;
    expect(changeCommitment(ended, "DISABLED", endMs + dayMs)).toEqual(ended);
    expect(changeCommitment(ended, "ENABLED", endMs + dayMs)).toEqual({
      status: "ENABLED",
      startedMs: endMs + dayMs,
    });
  });

  it("is shown with its earliest end while it runs, and its end afterwards", () => {
    expect(describeCommitment({ status: "DISABLED" })).toEqual({ Status: "DISABLED" });
    expect(describeCommitment({ status: "ENABLED", startedMs })).toEqual({
      Status: "ENABLED",
      StartedAt: new Date(startedMs),
      EarliestAllowedEndAt: new Date(endMs),
    });
    expect(describeCommitment({ status: "DISABLED", startedMs, endedMs: endMs })).toEqual({
      Status: "DISABLED",
      StartedAt: new Date(startedMs),
      EndedAt: new Date(endMs),
    });
  });
});
