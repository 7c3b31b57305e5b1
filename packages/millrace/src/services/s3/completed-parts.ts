import type { CompletedMultipartUpload, CompletedPart } from "@aws-sdk/client-s3";
import { ServiceError } from "../../core/errors.ts";
import type { Input } from "../../gateway/service.ts";
import type { Checksum, Upload, UploadedPart } from "../../kernels/objects/index.ts";
import { type ChecksumMembers, checkForm, checksumAlgorithms } from "./checksum-request.ts";
import { badDigest, entityTooLarge, invalidRequest, malformedXml } from "./errors.ts";
import { limits } from "./limits.ts";

interface CompleteInput extends ChecksumMembers {
  readonly UploadId: string;
  readonly MultipartUpload?: Input<CompletedMultipartUpload> | undefined;
  readonly ChecksumType?: string | undefined;
  readonly MpuObjectSize?: number | undefined;
}

/** The uploaded parts that a client lists, when each is what it says, and they make an object of S3's form. */
export function completedParts(
  upload: Upload,
  input: CompleteInput,
  uploaded: ReadonlyMap<number, UploadedPart>,
): readonly UploadedPart[] {
  const listed = input.MultipartUpload?.Parts ?? [];
  if (listed.length === 0 || listed.length > limits.parts) throw malformedXml();
  let previous = 0;
  for (const { PartNumber, ETag } of listed) {
    if (PartNumber === undefined || ETag === undefined) throw malformedXml();
    if (PartNumber <= previous) throw invalidPartOrder(input.UploadId);
    previous = PartNumber;
  }
  const parts = listed.map((part) => matchingPart(upload, part, uploaded, input.UploadId));
  for (const part of parts.slice(0, -1)) if (part.size < limits.minPartBytes) throw entityTooSmall(part);
  return parts;
}

function matchingPart(
  upload: Upload,
  listed: Input<CompletedPart>,
  uploaded: ReadonlyMap<number, UploadedPart>,
  uploadId: string,
): UploadedPart {
  const number = listed.PartNumber ?? 0;
  const etag = (listed.ETag ?? "").replace(/^"|"$/g, "");
  const part = uploaded.get(number);
  if (part === undefined || part.etag !== etag) throw invalidPart(uploadId, number, etag);
  const { checksum } = upload;
  for (const algorithm of checksumAlgorithms) {
    const value = listed[`Checksum${algorithm}`];
    if (value !== undefined && (algorithm !== checksum?.algorithm || value !== part.checksum?.value)) {
      // A client may send its own checksums of parts to an upload that was begun without.
      if (checksum !== undefined) throw invalidPart(uploadId, number, etag);
    }
  }
  if (checksum?.type === "COMPOSITE" && listed[`Checksum${checksum.algorithm}`] === undefined)
    throw invalidRequest(
      `The upload was created using a ${checksum.algorithm.toLowerCase()} checksum. The complete request must ` +
        `include the checksum for each part. It was missing for part ${number} in the request.`,
    );
  return part;
}

/** Compares the whole with what the client says of it beside its parts. */
export function promisedWhole(
  upload: Upload,
  input: CompleteInput,
  whole: { readonly size: number; readonly checksum: Checksum | undefined },
): void {
  if (whole.size > limits.objectBytes) throw entityTooLarge(whole.size, limits.objectBytes);
  const { MpuObjectSize: size, ChecksumType: type } = input;
  if (size !== undefined && size !== whole.size)
    throw invalidRequest(
      `The provided 'x-amz-mp-object-size' header value ${size} does not match what was computed: ${whole.size}`,
    );
  const { checksum } = upload;
  if (type !== undefined && checksum !== undefined && type !== checksum.type)
    throw invalidRequest(
      `The upload was created using the ${checksum.type} checksum mode. The complete request must use the same ` +
        "checksum mode.",
    );
  for (const algorithm of checksumAlgorithms) {
    const value = input[`Checksum${algorithm}`];
    if (value === undefined) continue;
    // The checksum of a composite may come with its number of parts, or without.
    checkForm(algorithm, value.replace(/-\d+$/, ""));
    if (checksum === undefined || checksum.algorithm !== algorithm)
      throw invalidRequest(
        `Checksum Type mismatch occurred, expected checksum Type: ${checksum?.algorithm.toLowerCase() ?? "null"}, ` +
          `actual checksum Type: ${algorithm.toLowerCase()}`,
      );
    const computed = whole.checksum?.value;
    if (value !== computed && value !== computed?.replace(/-\d+$/, ""))
      throw badDigest(`The ${algorithm.toLowerCase()} you specified did not match the calculated checksum.`);
  }
}

const invalidPart = (uploadId: string, number: number, etag: string): ServiceError =>
  new ServiceError(
    "InvalidPart",
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified " +
      "entity tag may not match the part's entity tag.",
    { members: { UploadId: uploadId, PartNumber: number, ETag: etag } },
  );

const invalidPartOrder = (uploadId: string): ServiceError =>
  new ServiceError(
    "InvalidPartOrder",
    "The list of parts was not in ascending order. Parts must be ordered by part number.",
    { members: { UploadId: uploadId } },
  );

const entityTooSmall = ({ number, size, etag }: UploadedPart): ServiceError =>
  new ServiceError("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", {
    members: {
      ProposedSize: size,
      MinSizeAllowed: limits.minPartBytes,
      PartNumber: number,
      ETag: etag,
    },
  });
