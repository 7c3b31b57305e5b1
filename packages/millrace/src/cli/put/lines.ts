const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** A line longer than any service takes, 10 MiB, is an error, not something to keep in memory. */
export const maxLineBytes: number = 10 * 1024 * 1024;

/** A line is longer than any record may be. */
export class LineTooLongError extends Error {
  override readonly name = "LineTooLongError";
}

/** The lines of some bytes, without their ends; empty ones are left out. @throws LineTooLongError */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  let number = 1;
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let start = 0;
    for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, start)) {
      const line = trimmed(Buffer.concat([...rest, bytes.subarray(start, end)]));
      rest = [];
      restBytes = 0;
      start = end + 1;
      if (line.length > maxLineBytes) throw tooLong(number);
      if (line.length > 0) yield line;
      number++;
    }
    rest.push(bytes.subarray(start));
    restBytes += bytes.length - start;
    if (restBytes > maxLineBytes) throw tooLong(number);
  }
  const line = trimmed(Buffer.concat(rest));
  if (line.length > 0) yield line;
}

function trimmed(line: Buffer): Buffer {
  return line.at(-1) === carriageReturn ? line.subarray(0, -1) : line;
}

function tooLong(number: number): LineTooLongError {
  return new LineTooLongError(`Line ${number} has more than ${maxLineBytes / 2 ** 20} MiB`);
}
