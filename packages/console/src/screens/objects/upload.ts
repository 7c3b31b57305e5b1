import type { CompletedPart, S3 } from "@aws-sdk/client-s3";

/** Up to this a file is put in one piece. */
export const singlePutBytes: number = 8 * 1024 * 1024;
const maxParts = 10_000;
const parallelParts = 3;

export interface UploadInput {
  readonly s3: S3;
  readonly bucket: string;
  readonly key: string;
  readonly file: Blob;
  readonly signal: AbortSignal;
  readonly onProgress: (sentBytes: number) => void;
}

export interface Part {
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** In as many parts as S3 takes, each of at least the size of a single put. */
export function partsOf(sizeBytes: number): readonly Part[] {
  const partBytes = Math.max(singlePutBytes, Math.ceil(sizeBytes / maxParts));
  const count = Math.max(1, Math.ceil(sizeBytes / partBytes));
  return Array.from({ length: count }, (_, i) => ({
    number: i + 1,
    start: i * partBytes,
    end: Math.min(sizeBytes, (i + 1) * partBytes),
  }));
}

/** Puts a file, in parts when it is large; what was sent of one that fails is given up. */
export async function upload(input: UploadInput): Promise<void> {
  const { file } = input;
  if (file.size <= singlePutBytes) await putWhole(input);
  else await putParts(input);
  input.onProgress(file.size);
}

async function putWhole({ s3, bucket, key, file, signal }: UploadInput): Promise<void> {
  await s3.putObject(
    { Bucket: bucket, Key: key, Body: await bytesOf(file), ...typeOf(file) },
    { abortSignal: signal },
  );
}

async function putParts(input: UploadInput): Promise<void> {
  const { s3, bucket, key, file, signal } = input;
  const place = { Bucket: bucket, Key: key };
  const { UploadId } = await s3.createMultipartUpload({ ...place, ...typeOf(file) }, { abortSignal: signal });
  try {
    const Parts = await sendParts(input, UploadId);
    await s3.completeMultipartUpload(
      { ...place, UploadId, MultipartUpload: { Parts } },
      { abortSignal: signal },
    );
  } catch (error) {
    // Best effort: the error that matters is the first one.
    await s3.abortMultipartUpload({ ...place, UploadId }).catch(() => undefined);
    throw error;
  }
}

async function sendParts(input: UploadInput, UploadId: string | undefined): Promise<CompletedPart[]> {
  const { s3, bucket, key, file, signal, onProgress } = input;
  const waiting = [...partsOf(file.size)];
  const done: CompletedPart[] = [];
  let sentBytes = 0;
  const work = async (): Promise<void> => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
      const Body = await bytesOf(file.slice(part.start, part.end));
      const { ETag, ChecksumCRC32 } = await s3.uploadPart(
        { Bucket: bucket, Key: key, UploadId, PartNumber: part.number, Body },
        { abortSignal: signal },
      );
      done.push({ PartNumber: part.number, ETag, ChecksumCRC32 });
      sentBytes += part.end - part.start;
      onProgress(sentBytes);
    }
  };
  await Promise.all(Array.from({ length: parallelParts }, work));
  return done.sort((a, b) => (a.PartNumber ?? 0) - (b.PartNumber ?? 0));
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}

function typeOf(file: Blob): { readonly ContentType?: string } {
  return file.type === "" ? {} : { ContentType: file.type };
}
