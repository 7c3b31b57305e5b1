const bytesPerLine = 16;

/** One line of a dump: `00000010  48 65 ...  |He..|` without the offset. */
export interface HexLine {
  readonly offset: string;
  readonly hex: string;
  readonly text: string;
}

export function hexLines(bytes: Uint8Array): readonly HexLine[] {
  const lines: HexLine[] = [];
  for (let at = 0; at < bytes.length; at += bytesPerLine) {
    const part = Array.from(bytes.subarray(at, at + bytesPerLine));
    const pairs = part.map((byte) => byte.toString(16).padStart(2, "0"));
    lines.push({
      offset: at.toString(16).padStart(8, "0"),
      hex: `${pairs.slice(0, 8).join(" ")}  ${pairs.slice(8).join(" ")}`.padEnd(48),
      text: part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join(""),
    });
  }
  return lines;
}
