import type { ListPartsOutput, ListPartsRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { wholeSeconds } from "../conditions.ts";
import { invalidArgument } from "../errors.ts";
import { limits } from "../limits.ts";
import { objectOwner } from "../owner.ts";
import { partChecksum } from "../part-upload.ts";
import type { S3State } from "../state.ts";
import { findUpload, uploadIdOf } from "../upload-lookup.ts";

export function listParts(state: S3State, input: Input<ListPartsRequest>): ListPartsOutput {
  const { bucket, upload } = findUpload(state, input);
  const limit = pageSize(input.MaxParts);
  const after = markerOf(input.PartNumberMarker);
  // One more than the page has tells whether there is another.
  const found = limit === 0 ? [] : state.objects.parts(upload, { after, limit: limit + 1 });
  const parts = found.slice(0, limit);
  const isTruncated = found.length > limit;
  const { checksum } = upload;
  const owner = objectOwner(bucket, upload.attributes);
  return {
    Bucket: bucket.name,
    Key: upload.key,
    UploadId: uploadIdOf(upload),
    PartNumberMarker: String(after),
    NextPartNumberMarker: String(parts.at(-1)?.number ?? 0),
    MaxParts: limit,
    IsTruncated: isTruncated,
    ...(parts.length === 0
      ? {}
      : {
          Parts: parts.map((part) => ({
            PartNumber: part.number,
            LastModified: new Date(wholeSeconds(part.lastModifiedMs)),
            ETag: `"${part.etag}"`,
            Size: part.size,
            ...partChecksum(part),
          })),
        }),
    Initiator: owner,
    Owner: owner,
    StorageClass: upload.attributes.storageClass as NonNullable<ListPartsOutput["StorageClass"]>,
    ...(checksum === undefined ? {} : { ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type }),
  };
}

function pageSize(asked: number | undefined): number {
  if (asked === undefined) return limits.partsPerPage;
  if (asked >= 0) return Math.min(asked, limits.partsPerPage);
  throw invalidArgument(
    "Argument max-parts must be an integer between 0 and 2147483647",
    "max-parts",
    String(asked),
  );
}

function markerOf(text: string | undefined): number {
  if (text === undefined || text === "") return 0;
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw invalidArgument(
    "Argument part-number-marker must be an integer between 0 and 2147483647",
    "part-number-marker",
    text,
  );
}
