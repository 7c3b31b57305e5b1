import { expect, test } from "vitest";
import { frameHeaderBytes, probeFrame, sealFrame, writeFrameHeader } from "./frame.ts";
import { payloadOf } from "./log-fixture.ts";

const salt = 0xdead_beef;
const header = {
  firstOffset: 2 ** 40 + 5,
  count: 3,
  kind: 2,
  flags: 127,
  encrypted: false,
  appendTimeMs: 1_800_000_000_123,
  maxTimeMs: 2 ** 48 - 1,
};

function frameOf(payload: Buffer): Buffer {
  const frame = Buffer.alloc(frameHeaderBytes + payload.length);
  writeFrameHeader(frame, 0, header, payload.length);
  payload.copy(frame, frameHeaderBytes);
  sealFrame(frame, 0, salt);
  return frame;
}

test("a frame gives back its header, with offsets beyond 32 bits", () => {
  const frame = frameOf(payloadOf(1, 100));
  expect(probeFrame(frame, 0, salt)).toEqual({ ...header, payloadBytes: 100 });
});

test("the checksum is the same whether the payload follows or comes in parts", () => {
  const payload = payloadOf(2, 1000);
  const frame = frameOf(payload);
  const apart = Buffer.alloc(frameHeaderBytes);
  writeFrameHeader(apart, 0, header, payload.length);
  sealFrame(apart, 0, salt, [payload.subarray(0, 1), payload.subarray(1, 999), payload.subarray(999)]);
  expect(apart).toEqual(frame.subarray(0, frameHeaderBytes));
});

test("no single flipped bit goes unnoticed", () => {
  const frame = frameOf(payloadOf(3, 60));
  for (let bit = 0; bit < frame.length * 8; bit++) {
    const damaged = Buffer.from(frame);
    damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    const probe = probeFrame(damaged, 0, salt);
    expect(probe === "bad" || (typeof probe === "object" && "neededBytes" in probe), `bit ${bit}`).toBe(true);
  }
});

test("every shorter piece of a frame asks for more, and zeros are no frame", () => {
  const frame = frameOf(payloadOf(4, 50));
  for (let length = 0; length < frame.length; length++) {
    const needed = length < frameHeaderBytes ? frameHeaderBytes : frame.length;
    expect(probeFrame(frame.subarray(0, length), 0, salt)).toEqual({ neededBytes: needed });
  }
  expect(probeFrame(Buffer.alloc(100), 0, salt)).toBe("zero");
});

test("a frame of another segment, with another salt, is no frame here", () => {
  expect(probeFrame(frameOf(payloadOf(5, 10)), 0, salt + 1)).toBe("bad");
});

test("a length beyond the limit is damage, not a wish for more bytes", () => {
  const frame = frameOf(payloadOf(6, 10));
  frame.writeUInt32BE(0xffff_ffff, 0);
  expect(probeFrame(frame, 0, salt)).toBe("bad");
});
