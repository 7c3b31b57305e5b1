import { randomBytes } from "node:crypto";
import type { Bucket, ObjectVersion, Upload, UploadedPart } from "../../kernels/objects/index.ts";
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

/** Characters of the token that makes an upload's id, and what becomes of it, known by its object. */
const tokenChars = 32;

/** Kept with the upload and then with its object, so that the object still knows what it was completed from. */
export function newUploadToken(): { readonly uploadToken: string } {
  return { uploadToken: randomBytes(tokenChars / 2).toString("hex") };
}

/** The id that clients know: the store's and the token. */
export function uploadIdOf({ id, attributes }: Upload): string {
  return `${id}${String(attributes.settings["uploadToken"] ?? "")}`;
}

/** The store's own id of an upload that a client names. */
export function storeUploadId(uploadId: string): string {
  return uploadId.slice(0, -tokenChars);
}

export function findUpload(state: S3State, input: UploadInput): FoundUpload {
  const bucket = findBucket(state, input);
  const upload = state.objects.upload(input.Bucket, input.Key, storeUploadId(input.UploadId));
  if (upload === undefined || uploadIdOf(upload) !== input.UploadId) throw noSuchUpload(input.UploadId);
  return { bucket, upload };
}

/** The current object, when it was completed from this upload. */
export function completedFrom(state: S3State, input: UploadInput): ObjectVersion | undefined {
  findBucket(state, input);
  const version = state.objects.find(input.Bucket, input.Key);
  const token = input.UploadId.slice(-tokenChars);
  return token.length === tokenChars && version?.settings["uploadToken"] === token ? version : undefined;
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
