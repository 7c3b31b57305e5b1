/** Bytes that are looked at to tell text from binary data. */
const probedBytes = 8_192;

/** Of the probed bytes, at most this part may be control characters that text seldom has. */
const maxControls = 0.01;

const byteOrderMark = "\uFEFF";

/** Whether bytes are text in UTF-8 or an encoding like it. Ctrl-A to Ctrl-C are Hive's delimiters. */
export function isText(bytes: Buffer): boolean {
  const probed = Math.min(bytes.length, probedBytes);
  let controls = 0;
  for (let index = 0; index < probed; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d) || (byte >= 0x01 && byte <= 0x03)) continue;
    if (byte === 0) return false;
    controls += 1;
  }
  return controls <= probed * maxControls;
}

/** Whether bytes begin as text in UTF-16 does, which Glue does not read. */
export function isUtf16(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

/** The text of bytes; where more follows after them, only whole lines. */
export function textOf(bytes: Buffer, complete: boolean): string {
  const end = complete ? bytes.length : bytes.lastIndexOf(0x0a) + 1;
  const text = bytes.toString("utf8", 0, end === 0 ? bytes.length : end);
  return text.startsWith(byteOrderMark) ? text.slice(1) : text;
}
