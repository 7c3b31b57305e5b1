import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { encodeEvent } from "./event-stream.ts";

describe("encodeEvent", () => {
  it("frames an empty message as the format's own example does", () => {
    // total 16, no headers, CRC of the lengths, CRC of all before.
    expect(encodeEvent({}, Buffer.alloc(0)).toString("hex")).toBe("000000100000000005c248eb7d98c8ff");
  });

  it("writes headers as strings and checks out", () => {
    const message = encodeEvent({ ":event-type": "Ü" }, Buffer.from("{}"));
    const headers = Buffer.concat([
      Buffer.from([11]),
      Buffer.from(":event-type"),
      Buffer.from([7, 0, 2]),
      Buffer.from("Ü"),
    ]);
    expect(message.readUInt32BE(0)).toBe(message.length);
    expect(message.readUInt32BE(4)).toBe(headers.length);
    expect(message.readUInt32BE(8)).toBe(crc32(message.subarray(0, 8)));
    expect(message.subarray(12, 12 + headers.length)).toEqual(headers);
    expect(message.subarray(12 + headers.length, -4).toString()).toBe("{}");
    expect(message.readUInt32BE(message.length - 4)).toBe(crc32(message.subarray(0, -4)));
  });
});
