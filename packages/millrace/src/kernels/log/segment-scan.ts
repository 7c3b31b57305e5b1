import { crc32 } from "node:zlib";
import type { FileWindow } from "./file-window.ts";
import { type FoundFrame, frameHeaderBytes, isPlausible, probeFrame, readFrameHeader } from "./frame.ts";
import { logLimits } from "./limits.ts";

/** What the frame at some place must continue. */
export interface Continuity {
  position: number;
  nextOffset: number;
  lastAppendTimeMs: number;
}

/** Walks good frames that continue each other and leaves `at` behind the last of them. */
export async function scanFrames(
  window: FileWindow,
  salt: number,
  at: Continuity,
  onFrame: (frame: FoundFrame, position: number) => void,
): Promise<void> {
  let needed = frameHeaderBytes;
  for (;;) {
    const buffer = await window.view(at.position, needed);
    let used = 0;
    let stop = buffer.length < needed;
    needed = frameHeaderBytes;
    while (!stop) {
      const probe = probeFrame(buffer, used, salt);
      if (typeof probe === "object" && "neededBytes" in probe) {
        needed = probe.neededBytes;
        break;
      }
      if (typeof probe === "string" || !continues(probe, at)) {
        stop = true;
        break;
      }
      onFrame(probe, at.position);
      const bytes = frameHeaderBytes + probe.payloadBytes;
      used += bytes;
      at.position += bytes;
      at.nextOffset += probe.count;
      at.lastAppendTimeMs = probe.appendTimeMs;
    }
    if (stop) return;
  }
}

function continues(frame: FoundFrame, at: Continuity): boolean {
  return frame.firstOffset === at.nextOffset && frame.appendTimeMs >= at.lastAppendTimeMs;
}

/** True when only zeros lie between `position` and the window's end. */
export async function isZeroFrom(window: FileWindow, position: number): Promise<boolean> {
  for (let at = position; at < window.endPosition; ) {
    const buffer = await window.view(at, 1);
    if (buffer.length === 0) return true;
    if (!isZero(buffer)) return false;
    at += buffer.length;
  }
  return true;
}

const zeroBlock = Buffer.alloc(64 * 1024);

function isZero(buffer: Buffer): boolean {
  for (let at = 0; at < buffer.length; at += zeroBlock.length) {
    const block = buffer.subarray(at, at + zeroBlock.length);
    if (block.compare(zeroBlock, 0, block.length) !== 0) return false;
  }
  return true;
}

export interface Search {
  /** Where a good frame lies that a writer of this segment could have written after `at`. */
  readonly found?: { readonly position: number; readonly frame: FoundFrame };
  /** True when the bytes made so many places plausible that the search gave up; nothing is known then. */
  readonly gaveUp: boolean;
}

/** Looks for a valid frame behind damage, at every byte: lengths cannot be trusted there. */
export async function findFrame(window: FileWindow, salt: number, at: Continuity): Promise<Search> {
  let budget: number = logLimits.maxSearchBytes;
  // At least one whole frame lay here, so the next one begins no sooner than a header behind.
  let position = at.position + frameHeaderBytes;
  while (position + frameHeaderBytes <= window.endPosition) {
    const buffer = await window.view(position, frameHeaderBytes);
    if (buffer.length < frameHeaderBytes) break;
    let used = 0;
    for (; used + frameHeaderBytes <= buffer.length; used++) {
      const frame = candidate(buffer, used, window.endPosition - position - used, at);
      if (frame === undefined) continue;
      const bytes = frameHeaderBytes + frame.payloadBytes;
      budget -= bytes;
      if (budget < 0) return { gaveUp: true };
      // A frame that reaches beyond the chunk moves the window: look at it from a fresh view.
      if (used + bytes > buffer.length) break;
      if (isIntact(buffer, used, bytes, salt))
        return { found: { position: position + used, frame }, gaveUp: false };
    }
    if (used + frameHeaderBytes <= buffer.length) {
      const found = await intactAt(window, position + used, salt);
      if (found !== undefined) return { found: { position: position + used, frame: found }, gaveUp: false };
      used += 1;
    }
    position += used;
  }
  return { gaveUp: false };
}

async function intactAt(window: FileWindow, position: number, salt: number): Promise<FoundFrame | undefined> {
  const header = await window.view(position, frameHeaderBytes);
  if (header.length < frameHeaderBytes) return undefined;
  const bytes = frameHeaderBytes + header.readUInt32BE(0);
  const probe = probeFrame(await window.view(position, bytes), 0, salt);
  return typeof probe === "object" && "count" in probe ? probe : undefined;
}

/** The header at `used` when it could continue the log behind a gap. */
function candidate(buffer: Buffer, used: number, left: number, at: Continuity): FoundFrame | undefined {
  const payloadBytes = buffer.readUInt32BE(used);
  // The cheap tests first: most places are no frame. A count of 0 also rules out zeros.
  if (payloadBytes > left - frameHeaderBytes || buffer.readUInt32BE(used + 16) === 0) return undefined;
  const frame = readFrameHeader(buffer, used);
  if (!isPlausible(frame) || frame.firstOffset < at.nextOffset) return undefined;
  return frame.appendTimeMs >= at.lastAppendTimeMs ? frame : undefined;
}

function isIntact(buffer: Buffer, at: number, bytes: number, salt: number): boolean {
  const start = (salt ^ buffer.readUInt32BE(at)) >>> 0;
  return crc32(buffer.subarray(at + 8, at + bytes), start) === buffer.readUInt32BE(at + 4);
}
