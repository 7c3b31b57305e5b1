import path from "node:path";
import type { Logger } from "../../core/logger.ts";
import { type OpenFile, readFully, writeFully } from "../../core/open-file.ts";
import type { LogFiles } from "./files.ts";
import { frameHeaderBytes, gapKind, sealFrame, writeFrameHeader } from "./frame.ts";
import { logLimits } from "./limits.ts";
import { type Offset, toOffset } from "./offset.ts";

/** Damage that was found and set aside. Readers see a gap: the offsets are skipped, never given again. */
export interface CorruptionReport {
  /** Name of the segment file. */
  readonly segment: string;
  readonly position: number;
  /** The lost records: none when only their number is known to be zero. */
  readonly firstOffset: Offset;
  readonly count: number;
  /** Where the damaged bytes were copied to. */
  readonly file: string;
}

const corruptName = /^(\d{20}\.seg)\.corrupt-(\d+)-(\d+)-(\d+)$/;

/** The report that a file name in a log's directory stands for. */
export function reportOfName(directory: string, name: string): CorruptionReport | undefined {
  const match = corruptName.exec(name);
  if (match === null) return undefined;
  const [, segment = "", position, first, count] = match;
  return {
    segment,
    position: Number(position),
    firstOffset: toOffset(Number(first)),
    count: Number(count),
    file: path.join(directory, name),
  };
}

/** The region of a segment file that is no good, and the offsets that are lost with it. */
export interface BadRegion {
  readonly segmentPath: string;
  readonly position: number;
  readonly bytes: number;
  readonly firstOffset: number;
  readonly count: number;
}

/** Copies damage aside before anything is changed, so that no byte is ever lost silently. */
export class Quarantine {
  readonly #files: LogFiles;
  readonly #log: Logger;

  constructor(files: LogFiles, log: Logger) {
    this.#files = files;
    this.#log = log;
  }

  /** Copies the region into `<segment>.corrupt-<position>-<first lost offset>-<lost records>`, durably. */
  async setAside(from: OpenFile | undefined, region: BadRegion): Promise<CorruptionReport> {
    const file = `${region.segmentPath}.corrupt-${region.position}-${region.firstOffset}-${region.count}`;
    const copy = await this.#files.open(file, "create");
    try {
      for (let at = 0; from !== undefined && at < region.bytes; at += logLimits.scanChunkBytes) {
        const length = Math.min(logLimits.scanChunkBytes, region.bytes - at);
        await writeFully(copy, [await readFully(from, region.position + at, length)], at);
      }
      await copy.datasync();
    } finally {
      await copy.close();
    }
    await this.#files.syncDirectory(path.dirname(file));
    return this.#report(file, region);
  }

  /** Moves a segment without a readable header out of the way as a whole. */
  async setFileAside(region: BadRegion): Promise<CorruptionReport> {
    const file = `${region.segmentPath}.corrupt-${region.position}-${region.firstOffset}-${region.count}`;
    await this.#files.rename(region.segmentPath, file);
    await this.#files.syncDirectory(path.dirname(file));
    return this.#report(file, region);
  }

  #report(file: string, region: BadRegion): CorruptionReport {
    const report = {
      segment: path.basename(region.segmentPath),
      position: region.position,
      firstOffset: toOffset(region.firstOffset),
      count: region.count,
      file,
    };
    this.#log.error({ ...report, bytes: region.bytes }, "the log was damaged; the bad bytes were set aside");
    return report;
  }
}

/** Turns a copied region into one gap frame, so that scans and readers step over it from now on. */
export async function writeGap(
  file: OpenFile,
  region: BadRegion,
  salt: number,
  appendTimeMs: number,
): Promise<void> {
  const bytes = await readFully(file, region.position, region.bytes);
  const header = {
    firstOffset: region.firstOffset,
    count: region.count,
    kind: gapKind,
    flags: 0,
    encrypted: false,
    appendTimeMs,
    maxTimeMs: 0,
  };
  writeFrameHeader(bytes, 0, header, region.bytes - frameHeaderBytes);
  sealFrame(bytes, 0, salt);
  await writeFully(file, [bytes.subarray(0, frameHeaderBytes)], region.position);
  await file.datasync();
}
