/**
 * User metadata outside US-ASCII travels as encoded words (RFC 2047): decoded when it is written, encoded when
 * it is read. The bytes of a header that is neither come in as Latin-1, and go out as UTF-8 in such a word, as
 * they do on AWS.
 */
const encodedWord = /=\?([A-Za-z0-9-]+)\?([BbQq])\?([^?\s]*)\?=/g;
const notAscii = /[^\x20-\x7e\t]/;

export function decodeMetadata(text: string): string {
  if (!text.includes("=?")) return text;
  // Space between encoded words is not part of the text.
  const joined = text.replace(/(\?=)\s+(?==\?)/g, "$1");
  return joined.replace(encodedWord, (word, charset: string, kind: string, data: string) => {
    const bytes = kind.toUpperCase() === "B" ? Buffer.from(data, "base64") : quotedBytes(data);
    const label = charset.toLowerCase();
    if (label === "utf-8") return bytes.toString("utf8");
    return label === "iso-8859-1" || label === "us-ascii" ? bytes.toString("latin1") : word;
  });
}

export function encodeMetadata(text: string): string {
  return notAscii.test(text) ? `=?UTF-8?B?${Buffer.from(text).toString("base64")}?=` : text;
}

function quotedBytes(data: string): Buffer {
  const text = data
    .replaceAll("_", " ")
    .replace(/=([0-9A-Fa-f]{2})/g, (_all, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 16)),
    );
  return Buffer.from(text, "latin1");
}
