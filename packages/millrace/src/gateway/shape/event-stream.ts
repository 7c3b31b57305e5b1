import { crc32 } from "node:zlib";

/** Headers of a message, all of them strings (type 7). */
export type EventHeaders = Readonly<Record<string, string>>;

const preludeBytes = 12;
const crcBytes = 4;
const stringHeader = 7;

/**
 * One message of `application/vnd.amazon.eventstream`:
 *
 *   message => totalLength(u32) headersLength(u32) crc32(u32, of the two lengths) headers payload
 *              crc32(u32, of everything before)
 *   header  => nameLength(u8) name type(u8) [string: length(u16) text]
 */
export function encodeEvent(headers: EventHeaders, payload: Uint8Array): Buffer {
  const encoded = Object.entries(headers).map(([name, value]) => encodeHeader(name, value));
  const headersLength = encoded.reduce((sum, header) => sum + header.length, 0);
  const total = preludeBytes + headersLength + payload.length + crcBytes;
  const message = Buffer.allocUnsafe(total);
  message.writeUInt32BE(total, 0);
  message.writeUInt32BE(headersLength, 4);
  message.writeUInt32BE(crc32(message.subarray(0, 8)), 8);
  let position = preludeBytes;
  for (const header of encoded) position += header.copy(message, position);
  message.set(payload, position);
  message.writeUInt32BE(crc32(message.subarray(0, total - crcBytes)), total - crcBytes);
  return message;
}

function encodeHeader(name: string, value: string): Buffer {
  const nameBytes = Buffer.from(name);
  const valueBytes = Buffer.from(value);
  const header = Buffer.allocUnsafe(nameBytes.length + valueBytes.length + 4);
  header[0] = nameBytes.length;
  nameBytes.copy(header, 1);
  header[nameBytes.length + 1] = stringHeader;
  header.writeUInt16BE(valueBytes.length, nameBytes.length + 2);
  valueBytes.copy(header, nameBytes.length + 4);
  return header;
}
