import type { SqlNotice } from "../../../kernels/warehouse/sql-session.ts";
import { SqlError } from "../../../kernels/warehouse/values/index.ts";
import type { Outbox } from "./outbox.ts";

/** Types of the messages that a server sends. */
export const backend = {
  authentication: 0x52,
  keyData: 0x4b,
  parameterStatus: 0x53,
  ready: 0x5a,
  rowDescription: 0x54,
  dataRow: 0x44,
  complete: 0x43,
  emptyQuery: 0x49,
  error: 0x45,
  notice: 0x4e,
  parseComplete: 0x31,
  bindComplete: 0x32,
  closeComplete: 0x33,
  noData: 0x6e,
  parameterDescription: 0x74,
  portalSuspended: 0x73,
} as const;

export type Severity = "ERROR" | "FATAL";

/** Authentication => Int32 code, data */
export function sendAuthentication(outbox: Outbox, code: number, data?: Buffer): void {
  outbox.begin(backend.authentication);
  outbox.int32(code);
  if (data !== undefined) outbox.bytes(data);
  outbox.end();
}

/** ParameterStatus => String name, String value */
export function sendParameter(outbox: Outbox, name: string, value: string): void {
  outbox.begin(backend.parameterStatus);
  outbox.text(name);
  outbox.text(value);
  outbox.end();
}

/** BackendKeyData => Int32 process, Int32 secret */
export function sendKeyData(outbox: Outbox, processId: number, secretKey: number): void {
  outbox.begin(backend.keyData);
  outbox.int32(processId);
  outbox.int32(secretKey);
  outbox.end();
}

const states = { idle: 0x49, open: 0x54, failed: 0x45 } as const;

/** ReadyForQuery => Byte1 I, T or E */
export function sendReady(outbox: Outbox, state: "idle" | "open" | "failed"): void {
  outbox.begin(backend.ready);
  outbox.byte(states[state]);
  outbox.end();
}

/** CommandComplete => String tag */
export function sendComplete(outbox: Outbox, tag: string): void {
  outbox.begin(backend.complete);
  outbox.text(tag);
  outbox.end();
}

/**
 * ErrorResponse => (Byte1 field, String value)*, Byte1 0
 * @param statement the text that the error's position counts in
 */
export function sendError(outbox: Outbox, error: SqlError, severity: Severity, statement?: string): void {
  outbox.begin(backend.error);
  field(outbox, "S", severity);
  field(outbox, "C", error.sqlState);
  field(outbox, "M", error.message);
  if (error.detail !== undefined) field(outbox, "D", error.detail);
  if (error.hint !== undefined) field(outbox, "H", error.hint);
  if (error.position !== undefined && statement !== undefined)
    field(outbox, "P", String(characterPosition(statement, error.position)));
  outbox.byte(0);
  outbox.end();
}

/** NoticeResponse has the fields of ErrorResponse. */
export function sendNotice(outbox: Outbox, notice: SqlNotice): void {
  outbox.begin(backend.notice);
  field(outbox, "S", notice.severity);
  field(outbox, "C", notice.sqlState);
  field(outbox, "M", notice.message);
  if (notice.detail !== undefined) field(outbox, "D", notice.detail);
  outbox.byte(0);
  outbox.end();
}

function field(outbox: Outbox, code: string, value: string): void {
  outbox.byte(code.charCodeAt(0));
  outbox.text(value);
}

/** Characters from 1, where errors count UTF-16 units from 0. */
function characterPosition(statement: string, units: number): number {
  let position = 1;
  for (const character of statement.slice(0, units)) if (character !== "") position++;
  return position;
}

/** What a client is told of a failure that is not its own is no more than that. */
export function asSqlError(error: unknown): SqlError {
  return error instanceof SqlError
    ? error
    : new SqlError("XX000", "An internal error occurred; Millrace's log says more.", { cause: error });
}
