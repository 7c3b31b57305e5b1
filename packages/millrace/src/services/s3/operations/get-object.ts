import type { GetObjectOutput, GetObjectRequest } from "@aws-sdk/client-s3";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { type ByteRange, ObjectGoneError, type ObjectVersion } from "../../../kernels/objects/index.ts";
import { checkRead } from "../conditions.ts";
import { neededKey } from "../customer-key.ts";
import { findObject } from "../object-lookup.ts";
import { conditionsOf, extentOf, objectOutput } from "../object-output.ts";
import { checkReadable } from "../restoration.ts";
import type { S3State } from "../state.ts";

/** Objects up to this size are read before they are answered; a stream would only cost more. */
const wholeBytes = 128 * 1024;
/** An object may be overwritten between being found and being opened, but hardly so often. */
const maxAttempts = 5;

/** What an answer's body is: bytes, not the SDK's streams. */
type Output = Omit<GetObjectOutput, "Body"> & { readonly Body: Buffer | AsyncIterable<Uint8Array> };

export async function getObject(state: S3State, input: Input<GetObjectRequest>, call: Call): Promise<Output> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await read(state, input, call);
    } catch (thrown) {
      if (!(thrown instanceof ObjectGoneError) || attempt >= maxAttempts) throw thrown;
    }
  }
}

async function read(state: S3State, input: Input<GetObjectRequest>, call: Call): Promise<Output> {
  const nowMs = state.clock.now();
  const { bucket, version } = findObject(state, input, "GET");
  checkRead(version, conditionsOf(input), nowMs);
  checkReadable(version, nowMs);
  const customerKey = neededKey(version, input);
  const extent = extentOf(version, input);
  const Body = await open(state, version, extent.range, customerKey, call);
  return { ...objectOutput(bucket, version, extent, input, nowMs), Body };
}

async function open(
  state: S3State,
  version: ObjectVersion,
  range: ByteRange,
  customerKey: Uint8Array | undefined,
  call: Call,
): Promise<Output["Body"]> {
  const key = customerKey === undefined ? {} : { customerKey };
  const isWhole = range.end - range.start <= wholeBytes;
  // The gateway has sent each piece before it asks for the next one.
  const bytes = await state.objects.read(version, { range, ...key, transient: !isWhole });
  if (isWhole) {
    const parts: Uint8Array[] = [];
    for await (const part of bytes) parts.push(part);
    return Buffer.concat(parts);
  }
  // A client that leaves before the first byte leaves nobody to close the file.
  const close = (): void => void bytes.close();
  if (call.signal.aborted) close();
  else call.signal.addEventListener("abort", close, { once: true });
  return bytes;
}
