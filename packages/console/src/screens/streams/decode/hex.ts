const bytesInRow = 16;
const firstPrintable = 0x20;
const lastPrintable = 0x7e;

/** Bytes as `xxd` shows them: where, which, and what they are as ASCII. */
export function hexText(bytes: Uint8Array, maxBytes: number = 64 * 1024): string {
  const rows: string[] = [];
  const end = Math.min(bytes.length, maxBytes);
  for (let at = 0; at < end; at += bytesInRow) {
    const row = [...bytes.subarray(at, Math.min(at + bytesInRow, end))];
    const pairs = row
      .map((byte, i) => `${byte.toString(16).padStart(2, "0")}${i === 7 ? " " : ""}`)
      .join(" ");
    const letters = row.map((byte) =>
      byte >= firstPrintable && byte <= lastPrintable ? String.fromCharCode(byte) : ".",
    );
    rows.push(`${at.toString(16).padStart(8, "0")}  ${pairs.padEnd(49)}  ${letters.join("")}`);
  }
  if (bytes.length > end) rows.push(`… ${bytes.length - end} more bytes`);
  return rows.join("\n");
}

/** The first bytes in one line. */
export function hexLine(bytes: Uint8Array, maxBytes: number): string {
  const pairs = [...bytes.subarray(0, maxBytes)].map((byte) => byte.toString(16).padStart(2, "0"));
  return `${pairs.join(" ")}${bytes.length > maxBytes ? " …" : ""}`;
}
