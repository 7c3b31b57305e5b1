import type { Call } from "../../gateway/call.ts";
import type { ByteSource } from "../../kernels/objects/index.ts";
import { entityTooLarge, missingContentLength } from "./errors.ts";
import { limits } from "./limits.ts";

const noBytes = new Uint8Array(0);

/** The body of an upload, which the gateway hands over as it flows in, decoded and checked. */
export function bodyOf(input: { readonly Body?: unknown }): ByteSource {
  return input.Body === undefined ? noBytes : (input.Body as AsyncIterable<Uint8Array>);
}

/** How long the body will be: S3 takes none whose length it is not told beforehand. */
export function declaredBytes({ payload }: Call): number {
  const bytes = payload?.declaredBytes;
  if (bytes === undefined) throw missingContentLength();
  if (bytes > limits.putBytes) throw entityTooLarge(bytes, limits.putBytes);
  return bytes;
}
