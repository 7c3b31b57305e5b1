import type { ContinuousBackupsDescription } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../gateway/call.ts";
import { backupTableNotFound } from "../errors.ts";
import type { TableDocument } from "./document.ts";
import type { Table } from "./table.ts";
import type { TableCatalog } from "./table-catalog.ts";
import { addressOf } from "./table-lookup.ts";

/** The newest moment that AWS can restore lies five minutes back. */
const newestAgeMs = 300_000;
const dayMs = 86_400_000;

/** These operations have a not-found error of their own. */
export function findBackupTable(
  state: { readonly tables: TableCatalog },
  nameOrArn: string,
  call: Call,
): Table {
  const address = addressOf(nameOrArn, call);
  const table = state.tables.get(address);
  if (table === undefined) throw backupTableNotFound(address.name);
  return table;
}

export function describeBackups({ recovery }: TableDocument, nowMs: number): ContinuousBackupsDescription {
  if (recovery === undefined)
    return {
      ContinuousBackupsStatus: "ENABLED",
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: "DISABLED" },
    };
  const newestMs = Math.max(nowMs - newestAgeMs, recovery.sinceMs);
  return {
    ContinuousBackupsStatus: "ENABLED",
    PointInTimeRecoveryDescription: {
      PointInTimeRecoveryStatus: "ENABLED",
      RecoveryPeriodInDays: recovery.days,
      EarliestRestorableDateTime: new Date(Math.max(recovery.sinceMs, nowMs - recovery.days * dayMs)),
      LatestRestorableDateTime: new Date(newestMs),
    },
  };
}
