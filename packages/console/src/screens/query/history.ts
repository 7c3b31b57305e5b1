import type { Run } from "./run-state.ts";
import { withoutSecrets } from "./sql/secrets.ts";
import type { QueryKind } from "./tabs.ts";

/** A statement that was run. */
export interface HistoryEntry {
  readonly at: number;
  readonly kind: QueryKind;
  readonly sql: string;
  readonly status: Run["status"];
  readonly durationMs?: number;
  readonly rows?: number;
  readonly message?: string;
}

const storageKey = "millrace.query.history";
const maxEntries = 300;
const maxSqlChars = 20_000;

export function loadHistory(storage: Pick<Storage, "getItem">): readonly HistoryEntry[] {
  try {
    const value: unknown = JSON.parse(storage.getItem(storageKey) ?? "[]");
    return Array.isArray(value) ? (value as readonly unknown[]).filter(isEntry).slice(0, maxEntries) : [];
  } catch {
    return [];
  }
}

/** Newest first, without what is secret. */
export function remember(
  storage: Pick<Storage, "getItem" | "setItem">,
  kind: QueryKind,
  runs: readonly Run[],
): void {
  const made = runs
    .filter(({ status, id }) => status !== "stopped" || id !== undefined || kind === "flink")
    .map((run): HistoryEntry => {
      const rows = run.table?.totalRows ?? run.changedRows;
      return {
        at: run.startedAt,
        kind,
        sql: withoutSecrets(run.statement.text).slice(0, maxSqlChars),
        status: run.status,
        ...(run.durationMs !== undefined && { durationMs: run.durationMs }),
        ...(rows !== undefined && { rows }),
        ...(run.status === "failed" && run.message !== undefined && { message: run.message.slice(0, 300) }),
      };
    });
  const all = [...made.toReversed(), ...loadHistory(storage)].slice(0, maxEntries);
  storage.setItem(storageKey, JSON.stringify(all));
}

function isEntry(value: unknown): value is HistoryEntry {
  if (typeof value !== "object" || value === null) return false;
  const { at, kind, sql, status } = value as Readonly<Record<string, unknown>>;
  return (
    typeof at === "number" &&
    (kind === "redshift" || kind === "flink") &&
    typeof sql === "string" &&
    typeof status === "string"
  );
}
