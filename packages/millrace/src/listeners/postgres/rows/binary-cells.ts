import {
  type EngineColumn,
  engineTypeIds,
  type SqlType,
  type TextStyle,
  textOf,
} from "../../../kernels/warehouse/values/index.ts";
import { epochDays, epochMicros } from "../types/binary-dates.ts";
import { binaryOf } from "../types/binary-form.ts";
import { type CellWriter, closeCell, type RowRoom, writeBytes } from "./cell-writer.ts";
import type { ProtocolVersion } from "./row-description.ts";
import { textCells } from "./text-cells.ts";

/** Types whose binary form is their text. */
const textTypes: ReadonlySet<string> = new Set([
  ...["character", "character varying", "text", "name", "char", "super", "unknown", "aclitem"],
  ...["regclass", "regproc", "regtype", "int2vector", "oidvector"],
]);

/** How a column of a chunk is written in binary. What has no short way goes by its text, which is exact. */
export function binaryCells(
  column: EngineColumn,
  type: SqlType,
  style: TextStyle,
  room: RowRoom,
  version: ProtocolVersion,
): CellWriter {
  if (textTypes.has(type.name)) return textCells(column, type, style, room);
  // A fraction of a day is lost to no setting, and a float's digits must all be there.
  const exact: TextStyle = { zone: style.zone, extraFloatDigits: 1 };
  return (
    fixedCells(column, type) ??
    ((outbox, row) => {
      const text = textOf(column.vector, row, type, exact) ?? "";
      writeBytes(outbox, room, binaryOf(text, type, version), 0);
    })
  );
}

const { smallint, integer, bigint, float, double, boolean, date, time, timestamp, timestampTz } =
  engineTypeIds;

/** Columns whose engine type is just what the type says, and whose values turn around byte by byte. */
function fixedCells(column: EngineColumn, type: SqlType): CellWriter | undefined {
  const { view } = column;
  if (view === undefined) return undefined;
  switch (`${type.name} ${column.type.typeId}`) {
    case `smallint ${smallint}`:
      return (outbox, row) => {
        const end = outbox.block.writeInt16BE(view.getInt16(row * 2, true), outbox.at + 4);
        closeCell(outbox, outbox.at, end);
      };
    case `integer ${integer}`:
      return int32Cells(view, 0);
    case `date ${date}`:
      return int32Cells(view, -epochDays);
    case `bigint ${bigint}`:
    case `time ${time}`:
      return int64Cells(view);
    case `timestamp ${timestamp}`:
    case `timestamptz ${timestampTz}`:
      return timestampCells(view);
    case `real ${float}`:
      return (outbox, row) => {
        const end = outbox.block.writeInt32BE(view.getInt32(row * 4, true), outbox.at + 4);
        closeCell(outbox, outbox.at, end);
      };
    case `double precision ${double}`:
      return int64Cells(view);
    case `boolean ${boolean}`:
      return (outbox, row) => {
        closeCell(
          outbox,
          outbox.at,
          outbox.block.writeUInt8(view.getUint8(row) === 0 ? 0 : 1, outbox.at + 4),
        );
      };
    default:
      return undefined;
  }
}

/** The engine's infinities are its largest numbers, of either sign; the wire's lower one is the lowest there is. */
const engineInfiniteDays = 2_147_483_647;
const engineInfiniteMicros = 9_223_372_036_854_775_807n;
const lowestMicros = -9_223_372_036_854_775_808n;

function int32Cells(view: DataView, shift: number): CellWriter {
  return (outbox, row) => {
    const value = view.getInt32(row * 4, true);
    const infinite = shift !== 0 && (value === engineInfiniteDays || value === -engineInfiniteDays);
    const shown = infinite ? (value > 0 ? value : value - 1) : value + shift;
    closeCell(outbox, outbox.at, outbox.block.writeInt32BE(shown, outbox.at + 4));
  };
}

function int64Cells(view: DataView): CellWriter {
  return (outbox, row) => {
    const { block, at } = outbox;
    block.writeInt32BE(view.getInt32(row * 8 + 4, true), at + 4);
    closeCell(outbox, at, block.writeInt32BE(view.getInt32(row * 8, true), at + 8));
  };
}

function timestampCells(view: DataView): CellWriter {
  return (outbox, row) => {
    const micros = view.getBigInt64(row * 8, true);
    let shown = micros - epochMicros;
    if (micros === engineInfiniteMicros) shown = micros;
    else if (micros === -engineInfiniteMicros) shown = lowestMicros;
    closeCell(outbox, outbox.at, outbox.block.writeBigInt64BE(shown, outbox.at + 4));
  };
}
