import type { Outbox } from "../protocol/outbox.ts";

/**
 * Writes one value that is not NULL at `outbox.at`: Int32 length, bytes. `cellRoomBytes` are there without
 * asking; whoever needs more asks with `roomFor`.
 */
export type CellWriter = (outbox: Outbox, row: number) => void;

/** More than any number, date or time takes in either form, its length included. */
export const cellRoomBytes = 64;

/** Room for `bytes` now and for the cells that may follow in the row. */
export type RowRoom = (outbox: Outbox, bytes: number) => void;

/** Writes the length of what stands from `start + 4` to `end`, and moves on. */
export function closeCell(outbox: Outbox, start: number, end: number): void {
  const { block } = outbox;
  const length = end - start - 4;
  block[start] = length >>> 24;
  block[start + 1] = length >>> 16;
  block[start + 2] = length >>> 8;
  block[start + 3] = length;
  outbox.at = end;
}

/** Writes bytes of any length, with blanks behind them up to `paddedTo`. */
export function writeBytes(outbox: Outbox, room: RowRoom, bytes: Uint8Array, paddedTo: number): void {
  const length = Math.max(bytes.length, paddedTo);
  room(outbox, length + 4);
  const start = outbox.at;
  const from = start + 4;
  outbox.block.set(bytes, from);
  if (length > bytes.length) outbox.block.fill(0x20, from + bytes.length, from + length);
  closeCell(outbox, start, from + length);
}

export function writeString(outbox: Outbox, room: RowRoom, text: string): void {
  room(outbox, text.length * 3 + 4);
  const start = outbox.at;
  closeCell(outbox, start, start + 4 + outbox.block.write(text, start + 4, "utf8"));
}
