import type { Bucket, Upload, UploadedPart } from "../../kernels/objects/index.ts";
import { type BucketInput, findBucket } from "./bucket-lookup.ts";
import { invalidArgument, noSuchUpload } from "./errors.ts";
import { limits } from "./limits.ts";
import type { S3State } from "./state.ts";

/** What every operation on an upload in parts says of it. */
export interface UploadInput extends BucketInput {
  readonly Key: string;
  readonly UploadId: string;
}

export interface FoundUpload {
  readonly bucket: Bucket;
  readonly upload: Upload;
}

export function findUpload(state: S3State, input: UploadInput): FoundUpload {
  const bucket = findBucket(state, input);
  const upload = state.objects.upload(input.Bucket, input.Key, input.UploadId);
  if (upload === undefined) throw noSuchUpload(input.UploadId);
  return { bucket, upload };
}

export function checkPartNumber(number: number): void {
  if (Number.isInteger(number) && number >= 1 && number <= limits.parts) return;
  throw invalidArgument(
    `Part number must be an integer between 1 and ${limits.parts}, inclusive`,
    "partNumber",
    String(number),
  );
}

/** All parts that were uploaded, by number. */
export function uploadedParts(state: S3State, upload: Upload): ReadonlyMap<number, UploadedPart> {
  const parts = new Map<number, UploadedPart>();
  for (let after = 0; ; ) {
    const page = state.objects.parts(upload, { after, limit: limits.partsPerPage });
    for (const part of page) parts.set(part.number, part);
    const last = page.at(-1);
    if (last === undefined || parts.size >= limits.parts) return parts;
    after = last.number;
  }
}
