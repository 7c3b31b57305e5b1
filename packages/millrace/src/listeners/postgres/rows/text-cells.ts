import {
  type EngineColumn,
  engineTypeIds,
  floatText,
  realText,
  type SqlType,
  type TextStyle,
  textOf,
} from "../../../kernels/warehouse/values/index.ts";
import { type CellWriter, closeCell, type RowRoom, writeBytes, writeString } from "./cell-writer.ts";
import {
  firstFastDay,
  lastFastDay,
  maxFastScale,
  writeDate,
  writeDecimal,
  writeOffset,
  writeSafe,
  writeTime,
} from "./digits.ts";

const twoTo32 = 4_294_967_296;
/** High words of 64-bit integers whose size is below 2^53. */
const safeHigh = 2_097_152;
const dayMicros = 86_400_000_000;
const minus = 0x2d;

/** How a column of a chunk is written in text form: straight from the engine's bytes where that is easy. */
export function textCells(column: EngineColumn, type: SqlType, style: TextStyle, room: RowRoom): CellWriter {
  const slow: CellWriter = (outbox, row) => {
    writeString(outbox, room, textOf(column.vector, row, type, style) ?? "");
  };
  return fastCells(column, type, style, room, slow) ?? slow;
}

function fastCells(
  column: EngineColumn,
  type: SqlType,
  style: TextStyle,
  room: RowRoom,
  slow: CellWriter,
): CellWriter | undefined {
  const { view, bytesAt } = column;
  if (view === undefined) return undefined;
  switch (type.name) {
    case "smallint":
    case "integer":
    case "bigint":
    case "oid":
    case "xid":
      return integerCells(column, view, slow);
    case "numeric":
      return decimalCells(column, view, type.scale, slow);
    case "real":
    case "double precision":
      return floatCells(column, view, type.name, style, room);
    case "boolean":
      return column.type.typeId === engineTypeIds.boolean ? booleanCells(view) : undefined;
    case "date":
      return column.type.typeId === engineTypeIds.date ? dateCells(view, slow) : undefined;
    case "time":
      return column.type.typeId === engineTypeIds.time ? timeCells(view) : undefined;
    case "timestamp":
      return column.type.typeId === engineTypeIds.timestamp
        ? timestampCells(view, undefined, slow)
        : undefined;
    case "timestamptz":
      return column.type.typeId === engineTypeIds.timestampTz ? timestampCells(view, style, slow) : undefined;
    case "varbyte":
      return column.type.typeId === engineTypeIds.blob && bytesAt !== undefined
        ? hexCells(bytesAt, room)
        : undefined;
    default:
      return column.type.typeId === engineTypeIds.varchar && bytesAt !== undefined
        ? stringCells(view, bytesAt, type.name === "character" ? (type.length ?? 1) : 0, room)
        : undefined;
  }
}

/** A signed integer of the given width as a number, or NaN when it is too large to be one exactly. */
function integerReader(view: DataView, typeId: number): ((row: number) => number) | undefined {
  switch (typeId) {
    case engineTypeIds.tinyint:
      return (row) => view.getInt8(row);
    case engineTypeIds.smallint:
      return (row) => view.getInt16(row * 2, true);
    case engineTypeIds.integer:
      return (row) => view.getInt32(row * 4, true);
    case engineTypeIds.bigint:
      return (row) => longAt(view, row * 8);
    case engineTypeIds.hugeint:
      return (row) => hugeAt(view, row * 16);
    default:
      return undefined;
  }
}

function longAt(view: DataView, at: number): number {
  const high = view.getInt32(at + 4, true);
  return high >= -safeHigh && high < safeHigh ? high * twoTo32 + view.getUint32(at, true) : Number.NaN;
}

function hugeAt(view: DataView, at: number): number {
  const sign = view.getInt32(at + 4, true) >> 31;
  const fits = view.getInt32(at + 8, true) === sign && view.getInt32(at + 12, true) === sign;
  return fits ? longAt(view, at) : Number.NaN;
}

function integerCells(column: EngineColumn, view: DataView, slow: CellWriter): CellWriter | undefined {
  const read = integerReader(view, column.type.typeId);
  if (read === undefined) return undefined;
  return (outbox, row) => {
    const value = read(row);
    if (Number.isNaN(value)) {
      slow(outbox, row);
      return;
    }
    const { block, at } = outbox;
    if (value < 0) {
      block[at + 4] = minus;
      closeCell(outbox, at, writeSafe(block, at + 5, -value));
    } else closeCell(outbox, at, writeSafe(block, at + 4, value));
  };
}

/** Decimals are integers of 2, 4, 8 or 16 bytes. */
function decimalReader(
  column: EngineColumn,
  view: DataView,
): { readonly read: (row: number) => number; readonly scale: number } | undefined {
  const { type } = column;
  if (type.typeId !== engineTypeIds.decimal) {
    const read = integerReader(view, type.typeId);
    return read === undefined ? undefined : { read, scale: 0 };
  }
  const { width, scale } = type as unknown as { readonly width: number; readonly scale: number };
  const { smallint, integer, bigint, hugeint } = engineTypeIds;
  const storage = width <= 4 ? smallint : width <= 9 ? integer : width <= 18 ? bigint : hugeint;
  const read = integerReader(view, storage);
  return read === undefined ? undefined : { read, scale };
}

function decimalCells(
  column: EngineColumn,
  view: DataView,
  declaredScale: number | undefined,
  slow: CellWriter,
): CellWriter | undefined {
  const reader = decimalReader(column, view);
  if (reader === undefined) return undefined;
  const { read, scale } = reader;
  if ((declaredScale ?? scale) !== scale || scale > maxFastScale) return undefined;
  return (outbox, row) => {
    const value = read(row);
    if (Number.isNaN(value)) {
      slow(outbox, row);
      return;
    }
    const { block, at } = outbox;
    if (value < 0) {
      block[at + 4] = minus;
      closeCell(outbox, at, writeDecimal(block, at + 5, -value, scale));
    } else closeCell(outbox, at, writeDecimal(block, at + 4, value, scale));
  };
}

/** Whole numbers below this are printed without an exponent at any setting that matters. */
const plainFloatLimit = 100_000;

function floatCells(
  column: EngineColumn,
  view: DataView,
  name: "real" | "double precision",
  style: TextStyle,
  room: RowRoom,
): CellWriter | undefined {
  const { typeId } = column.type;
  if (typeId !== engineTypeIds.float && typeId !== engineTypeIds.double) return undefined;
  const isFloat = typeId === engineTypeIds.float;
  const digits = style.extraFloatDigits;
  const print = name === "real" ? realText : floatText;
  return (outbox, row) => {
    const value = isFloat ? view.getFloat32(row * 4, true) : view.getFloat64(row * 8, true);
    if (digits >= 0 && value > 0 && value < plainFloatLimit && value === Math.floor(value)) {
      const { block, at } = outbox;
      closeCell(outbox, at, writeSafe(block, at + 4, value));
    } else writeString(outbox, room, print(value, digits));
  };
}

function booleanCells(view: DataView): CellWriter {
  return (outbox, row) => {
    const { block, at } = outbox;
    block[at + 4] = view.getUint8(row) === 0 ? 0x66 : 0x74;
    closeCell(outbox, at, at + 5);
  };
}

function dateCells(view: DataView, slow: CellWriter): CellWriter {
  return (outbox, row) => {
    const days = view.getInt32(row * 4, true);
    if (days < firstFastDay || days > lastFastDay) slow(outbox, row);
    else closeCell(outbox, outbox.at, writeDate(outbox.block, outbox.at + 4, days));
  };
}

function timeCells(view: DataView): CellWriter {
  return (outbox, row) => {
    closeCell(outbox, outbox.at, writeTime(outbox.block, outbox.at + 4, longAt(view, row * 8)));
  };
}

/** Microseconds beyond 2^53 are years before 1685 and after 2255, which go the slow way. */
function timestampCells(view: DataView, style: TextStyle | undefined, slow: CellWriter): CellWriter {
  const zone = style?.zone;
  return (outbox, row) => {
    const micros = longAt(view, row * 8);
    if (Number.isNaN(micros)) {
      slow(outbox, row);
      return;
    }
    const offset = zone === undefined ? 0 : zone.at((micros - modulo(micros, 1_000_000)) / 1_000_000);
    const local = micros + offset * 1_000_000;
    const ofDay = modulo(local, dayMicros);
    const { block, at } = outbox;
    const space = writeDate(block, at + 4, (local - ofDay) / dayMicros);
    block[space] = 0x20;
    const end = writeTime(block, space + 1, ofDay);
    closeCell(outbox, at, zone === undefined ? end : writeOffset(block, end, offset));
  };
}

/** The remainder that is never negative. */
function modulo(value: number, by: number): number {
  const rest = value % by;
  return rest < 0 ? rest + by : rest;
}

/**
 * Strings of the engine:
 *
 *   short => Uint32 length, 12 bytes of text
 *   long  => Uint32 length, 4 bytes of prefix, pointer
 */
const inlineBytes = 12;

function stringCells(
  view: DataView,
  bytesAt: (row: number) => Uint8Array,
  paddedTo: number,
  room: RowRoom,
): CellWriter {
  const slots = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  return (outbox, row) => {
    const slot = row * 16;
    const length = view.getUint32(slot, true);
    if (length > inlineBytes || paddedTo > inlineBytes) {
      writeBytes(outbox, room, bytesAt(row), paddedTo);
      return;
    }
    const { block, at } = outbox;
    let to = at + 4;
    for (let from = slot + 4; from < slot + 4 + length; from++) block[to++] = slots[from] ?? 0;
    while (to < at + 4 + paddedTo) block[to++] = 0x20;
    closeCell(outbox, at, to);
  };
}

const hexDigits = Buffer.from("0123456789abcdef");

function hexCells(bytesAt: (row: number) => Uint8Array, room: RowRoom): CellWriter {
  return (outbox, row) => {
    const bytes = bytesAt(row);
    room(outbox, bytes.length * 2 + 4);
    const { block, at } = outbox;
    let to = at + 4;
    for (const byte of bytes) {
      block[to++] = hexDigits[byte >> 4] ?? 0;
      block[to++] = hexDigits[byte & 15] ?? 0;
    }
    closeCell(outbox, at, to);
  };
}
