import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { systemCode } from "../../../../core/errors.ts";
import { selectError } from "../select-error.ts";

/** The bytes behind gzip, which may have several members. */
export async function* gunzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const stream = createGunzip();
  // What fails on the way comes out of the stream; leaving the loop ends the source.
  pipeline(Readable.from(source), stream, () => undefined);
  try {
    yield* stream as AsyncIterable<Uint8Array>;
  } catch (thrown) {
    const code = systemCode(thrown);
    if (code === "Z_BUF_ERROR") throw selectError("TruncatedInput");
    if (code?.startsWith("Z_"))
      throw selectError(
        "InvalidCompressionFormat",
        "GZIP is not applicable to the queried object. Please correct the request and try again",
      );
    throw thrown;
  }
}
