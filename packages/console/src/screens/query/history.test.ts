import { expect, it } from "vitest";
import { loadHistory, remember } from "./history.ts";
import type { Run } from "./run-state.ts";

function storage(): Pick<Storage, "getItem" | "setItem"> & { text: string | null } {
  return {
    text: null,
    getItem() {
      return this.text;
    },
    setItem(_key, value) {
      this.text = value;
    },
  };
}

const run = (text: string, more: Partial<Run> = {}): Run => ({
  ...{ statement: { text, start: 0 }, status: "finished", startedAt: 7, durationMs: 3 },
  ...more,
});

it("the newest statement stands first, without secrets", () => {
  const kept = storage();
  remember(kept, "redshift", [run("select 1"), run("create user a password 'Abc12345'")]);
  remember(kept, "redshift", [run("never run", { status: "stopped" })]);
  remember(kept, "flink", [run("SHOW TABLES", { changedRows: 2 })]);
  expect(loadHistory(kept).map(({ sql }) => sql)).toEqual([
    "SHOW TABLES",
    "create user a password '***'",
    "select 1",
  ]);
  expect(loadHistory(kept)[0]).toMatchObject({ kind: "flink", rows: 2, durationMs: 3, at: 7 });
});

it("what cannot be read is no history", () => {
  const kept = storage();
  for (const text of ["{", "7", '[{"at":"x"}, null]']) {
    kept.text = text;
    expect(loadHistory(kept)).toEqual([]);
  }
});

it("is bounded", () => {
  const kept = storage();
  for (let i = 0; i < 4; i++)
    remember(
      kept,
      "redshift",
      Array.from({ length: 100 }, () => run("select 1")),
    );
  expect(loadHistory(kept)).toHaveLength(300);
});
