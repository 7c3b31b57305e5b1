import type { ParquetRows } from "../../codecs/parquet/parquet-rows.ts";

const newline = 10;

/** A Parquet file of staged lines, each of which is a row as the encoder of `parquet` gives it. */
export async function* parquetBody(
  lines: AsyncIterable<Buffer>,
  open: () => Promise<ParquetRows>,
): AsyncGenerator<Buffer, void, void> {
  const file = await open();
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of lines) {
    const text: Buffer = rest.byteLength === 0 ? piece : Buffer.concat([rest, piece]);
    const end = text.lastIndexOf(newline) + 1;
    yield* file.add(linesOf(text.subarray(0, end))).map(bufferOf);
    rest = text.subarray(end);
  }
  yield* file.finish().map(bufferOf);
}

function linesOf(text: Buffer): Parameters<ParquetRows["add"]>[0] {
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = 0; at < text.byteLength; ) {
    const end = text.indexOf(newline, at);
    starts.push(at);
    ends.push(end);
    at = end + 1;
  }
  return { bytes: new Uint8Array(text), starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) };
}

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
