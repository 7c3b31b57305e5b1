import { crc32 } from "node:zlib";
import type { OperatorSnapshot } from "../operator.ts";
import { decodeSnapshot, encodeSnapshot } from "../state/index.ts";
import type { JobFiles } from "./job-files.ts";

/*
 * A state file holds the snapshots of one subtask's operators:
 *
 *     file => magic snapshot* end
 *     magic    4 bytes: "MRS1"
 *     snapshot => uid piece* end
 *     uid      u32 LE length (not 0), UTF-8
 *     piece    u32 LE length (not 0), bytes: put together they are what `state/snapshot-file.ts` writes
 *     end      u32 LE: 0
 *
 * Its length and the CRC-32 of all of it are in the manifest.
 */

const magic = Buffer.from("MRS1");
const end = Buffer.alloc(4);

/** The state of one operator's subtask, with the name by which it is found again. */
export interface NamedSnapshot {
  readonly uid: string;
  readonly snapshot: OperatorSnapshot;
}

export interface StateFile {
  /** Without its directory. */
  readonly name: string;
  readonly bytes: number;
  readonly crc: number;
  readonly uids: readonly string[];
}

/** A file of a checkpoint is not as its manifest says. */
export class CheckpointDamagedError extends Error {
  override readonly name = "CheckpointDamagedError";
}

/** Writes a state file; its bytes are durable when it resolves. */
export async function writeStateFile(
  files: JobFiles,
  path: string,
  snapshots: readonly NamedSnapshot[],
): Promise<{ readonly bytes: number; readonly crc: number }> {
  const measure = { bytes: 0, crc: 0 };
  await files.write(path, measured(pieces(snapshots), measure));
  return measure;
}

/** @throws CheckpointDamagedError */
export async function verifyStateFile(
  files: JobFiles,
  path: string,
  expected: Pick<StateFile, "bytes" | "crc">,
): Promise<Uint8Array> {
  const data = await files.read(path);
  if (data === undefined) throw new CheckpointDamagedError(`The state file ${path} is gone.`);
  if (data.byteLength !== expected.bytes || crc32(data) !== expected.crc) {
    throw new CheckpointDamagedError(`The state file ${path} is damaged.`);
  }
  return data;
}

/** @throws CheckpointDamagedError */
export async function readStateFile(
  files: JobFiles,
  path: string,
  expected: Pick<StateFile, "bytes" | "crc">,
): Promise<readonly NamedSnapshot[]> {
  const data = await verifyStateFile(files, path, expected);
  try {
    return parse(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  } catch (cause) {
    throw new CheckpointDamagedError(`The state file ${path} cannot be read.`, { cause });
  }
}

function* pieces(snapshots: readonly NamedSnapshot[]): Iterable<Uint8Array> {
  yield magic;
  for (const { uid, snapshot } of snapshots) {
    yield withLength(Buffer.from(uid));
    for (const piece of encodeSnapshot(snapshot)) {
      if (piece.byteLength > 0) yield withLength(piece);
    }
    yield end;
  }
  yield end;
}

function withLength(bytes: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(4 + bytes.byteLength);
  framed.writeUInt32LE(bytes.byteLength, 0);
  framed.set(bytes, 4);
  return framed;
}

function* measured(
  source: Iterable<Uint8Array>,
  measure: { bytes: number; crc: number },
): Iterable<Uint8Array> {
  for (const piece of source) {
    measure.bytes += piece.byteLength;
    measure.crc = crc32(piece, measure.crc);
    yield piece;
  }
}

function parse(data: Buffer): readonly NamedSnapshot[] {
  if (data.compare(magic, 0, 4, 0, 4) !== 0) throw new RangeError("not a state file");
  const snapshots: NamedSnapshot[] = [];
  let at = 4;
  const next = (): Buffer => {
    const length = data.readUInt32LE(at);
    const from = at + 4;
    if (from + length > data.length) throw new RangeError("a piece is cut off");
    at = from + length;
    return data.subarray(from, at);
  };
  for (let uid = next(); uid.length > 0; uid = next()) {
    const parts: Buffer[] = [];
    for (let piece = next(); piece.length > 0; piece = next()) parts.push(piece);
    const whole = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
    snapshots.push({ uid: uid.toString("utf8"), snapshot: decodeSnapshot(whole) });
  }
  return snapshots;
}
