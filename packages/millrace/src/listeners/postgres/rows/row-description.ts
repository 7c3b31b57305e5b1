import type { ResultColumn } from "../../../kernels/warehouse/sql-session.ts";
import { backend } from "../protocol/backend-messages.ts";
import type { Outbox } from "../protocol/outbox.ts";
import { modifierOf, wireTypeOf } from "../types/wire-type.ts";

export type Format = "text" | "binary";

/** `client_protocol_version` of AWS's drivers: 1 adds metadata to RowDescription, 2 binary forms of more types. */
export type ProtocolVersion = 0 | 1 | 2;

const notNullFlag = 0x1;
const caseSensitiveFlag = 0x2;
const autoIncrementFlag = 0x10;
const readOnlyFlag = 0x100;
const searchableFlag = 0x1000;

/**
 *   RowDescription => Int16 columns, column*
 *   column => String name, Int32 table, Int16 attribute, Int32 type, Int16 length, Int32 modifier, Int16 format
 *             (from version 1) String schema, String table, String column, String catalog, Int16 flags
 */
export function sendRowDescription(
  outbox: Outbox,
  columns: readonly ResultColumn[],
  formats: readonly Format[],
  version: ProtocolVersion,
): void {
  outbox.begin(backend.rowDescription);
  outbox.int16(columns.length);
  columns.forEach((column, index) => {
    const wire = wireTypeOf(column.type);
    outbox.text(column.name);
    outbox.int32(column.origin?.tableOid ?? 0);
    outbox.int16(column.origin?.attributeNumber ?? 0);
    outbox.int32(wire.oid);
    outbox.int16(wire.length);
    outbox.int32(modifierOf(column.type));
    outbox.int16(formats[index] === "binary" ? 1 : 0);
    if (version >= 1) metadata(outbox, column);
  });
  outbox.end();
}

function metadata(outbox: Outbox, column: ResultColumn): void {
  const { origin, type } = column;
  outbox.text(origin?.schema ?? "");
  outbox.text(origin?.table ?? "");
  outbox.text(origin?.column ?? "");
  outbox.text(origin?.database ?? "");
  let flags = searchableFlag;
  if (origin?.nullable === false) flags |= notNullFlag;
  if (origin?.autoIncrement === true) flags |= autoIncrementFlag;
  if (origin === undefined) flags |= readOnlyFlag;
  if (["character", "character varying", "text", "name", "char"].includes(type.name))
    flags |= caseSensitiveFlag;
  outbox.int16(flags);
}
