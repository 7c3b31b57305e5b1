const sliceBytes = 64 * 1024;
const maxMembers = 1_000;

/** What was decompressed, and whether that is all of it. */
export interface Gunzipped {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly isWhole: boolean;
}

/**
 * Decompresses gzip, of which the end may be missing: what came out until then is answered.
 * @param isWhole whether `input` is the whole file
 */
export async function gunzip(
  input: Uint8Array<ArrayBuffer>,
  isWhole: boolean,
  maxBytes: number,
): Promise<Gunzipped> {
  const one = await gunzipFirst(input, isWhole, maxBytes);
  if (one.isWhole || !isWhole || one.bytes.length >= maxBytes) return one;
  // Several members one behind the other are a gzip file too, but not for browsers.
  return (await gunzipMembers(input, maxBytes)) ?? one;
}

async function gunzipFirst(
  input: Uint8Array<ArrayBuffer>,
  isWhole: boolean,
  maxBytes: number,
): Promise<Gunzipped> {
  const stream = new DecompressionStream("gzip");
  const writer = stream.writable.getWriter();
  const collected = collect(stream.readable.getReader(), maxBytes);
  try {
    for (let at = 0; at < input.length; at += sliceBytes) {
      await writer.ready;
      await writer.write(input.subarray(at, at + sliceBytes));
    }
    await writer.ready;
    // The end of what is not whole is an error, which comes after everything that could be read.
    await writer.close();
  } catch {
    // Told by `collected` too, which has what came before.
  }
  const { bytes, ended } = await collected;
  return { bytes, isWhole: ended && isWhole };
}

async function collect(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  maxBytes: number,
): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly ended: boolean }> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  let ended = false;
  try {
    while (length < maxBytes) {
      const { value, done } = await reader.read();
      ended = done;
      if (value === undefined) break;
      chunks.push(value);
      length += value.length;
    }
    if (!ended) await reader.cancel();
  } catch {
    ended = false;
  }
  return { bytes: joined(chunks, Math.min(length, maxBytes)), ended };
}

/** Each member begins with the same three bytes; where they are by chance, the member before does not end there. */
async function gunzipMembers(
  input: Uint8Array<ArrayBuffer>,
  maxBytes: number,
): Promise<Gunzipped | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  let from = 0;
  for (let tried = 0; tried < maxMembers && from < input.length && length < maxBytes; tried++) {
    const member = await firstMember(input.subarray(from), maxBytes - length);
    if (member === undefined) return undefined;
    parts.push(member.bytes);
    length += member.bytes.length;
    from += member.inputBytes;
  }
  const isWhole = from >= input.length && length < maxBytes;
  return { bytes: joined(parts, Math.min(length, maxBytes)), isWhole };
}

async function firstMember(
  input: Uint8Array<ArrayBuffer>,
  maxBytes: number,
): Promise<{ readonly bytes: Uint8Array; readonly inputBytes: number } | undefined> {
  let end = 0;
  for (let tried = 0; tried < maxMembers && end < input.length; tried++) {
    end = nextMark(input, end + 3);
    const { bytes, isWhole } = await gunzipFirst(input.slice(0, end), true, maxBytes);
    if (isWhole || bytes.length >= maxBytes) return { bytes, inputBytes: end };
  }
  return undefined;
}

function nextMark(input: Uint8Array, from: number): number {
  for (let at = from; at + 2 < input.length; at++)
    if (input[at] === 0x1f && input[at + 1] === 0x8b && input[at + 2] === 8) return at;
  return input.length;
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    const fitting = chunk.subarray(0, length - at);
    all.set(fitting, at);
    at += fitting.length;
  }
  return all;
}
