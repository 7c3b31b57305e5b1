import { assert } from "../../core/assert.ts";
import { type AppendRequest, keepable } from "./append-request.ts";
import { type FrameHeader, frameHeaderBytes, sealFrame, writeFrameHeader } from "./frame.ts";
import { logLimits } from "./limits.ts";
import { encryptPayload, type FrameKey } from "./segment-cipher.ts";

/** Appends as the bytes of consecutive frames. */
export interface EncodedGroup {
  readonly parts: readonly Uint8Array[];
  readonly bytes: number;
  readonly frames: readonly { readonly header: FrameHeader; readonly payloadBytes: number }[];
}

/**
 * Headers and small payloads are laid into one arena, so that a group of small appends is one buffer; large
 * payloads are written from where they lie.
 */
export function encodeGroup(
  group: readonly AppendRequest[],
  salt: number,
  key: FrameKey | undefined,
): EncodedGroup {
  const stored = group.map((request) => storedParts(request, key));
  const arena = Buffer.allocUnsafeSlow(arenaBytes(stored));
  const parts: Uint8Array[] = [];
  const frames: EncodedGroup["frames"][number][] = [];
  let bytes = 0;
  let used = 0;
  let runStart = 0;
  group.forEach((request, i) => {
    const payload = stored[i];
    assert(payload !== undefined, "one payload per request");
    writeFrameHeader(arena, used, request.header, payload.bytes);
    frames.push({ header: request.header, payloadBytes: payload.bytes });
    bytes += frameHeaderBytes + payload.bytes;
    if (isSmall(payload)) {
      const start = used + frameHeaderBytes;
      copyInto(arena, start, payload.parts);
      sealFrame(arena, used, salt);
      used = start + payload.bytes;
      request.payload = [
        request.header.encrypted ? Buffer.concat(request.payload) : arena.subarray(start, used),
      ];
    } else {
      sealFrame(arena, used, salt, payload.parts);
      used += frameHeaderBytes;
      parts.push(arena.subarray(runStart, used), ...payload.parts);
      runStart = used;
      request.payload = keepable(request.payload);
    }
  });
  if (used > runStart) parts.push(arena.subarray(runStart, used));
  assert(used === arena.length, "the arena must be filled exactly");
  return { parts, bytes, frames };
}

interface StoredPayload {
  readonly parts: readonly Uint8Array[];
  readonly bytes: number;
}

function storedParts(request: AppendRequest, key: FrameKey | undefined): StoredPayload {
  if (!request.header.encrypted) return { parts: request.payload, bytes: request.payloadBytes };
  assert(key !== undefined, "an encrypted frame needs a data key");
  const ciphertext = encryptPayload(key, request.header, request.payload);
  return { parts: [ciphertext], bytes: ciphertext.length };
}

function isSmall(payload: StoredPayload): boolean {
  return payload.bytes <= logLimits.smallPayloadBytes;
}

function arenaBytes(stored: readonly StoredPayload[]): number {
  let bytes = 0;
  for (const payload of stored) bytes += frameHeaderBytes + (isSmall(payload) ? payload.bytes : 0);
  return bytes;
}

function copyInto(arena: Buffer, start: number, parts: readonly Uint8Array[]): void {
  let at = start;
  for (const part of parts) {
    arena.set(part, at);
    at += part.byteLength;
  }
}
