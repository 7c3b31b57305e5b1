import type { ByteSource, ChecksumAlgorithm, Upload, UploadedPart } from "../../kernels/objects/index.ts";
import {
  type ChecksumMembers,
  checksumMembers,
  type PromisedChecksum,
  verifyWritten,
} from "./checksum-request.ts";
import { type CustomerKeyInput, neededKey } from "./customer-key.ts";
import { invalidRequest } from "./errors.ts";
import type { S3State } from "./state.ts";

export interface PartBody {
  readonly number: number;
  readonly body: ByteSource;
  readonly bytes: number;
  readonly promised: PromisedChecksum;
  readonly trailers: ReadonlyMap<string, string> | undefined;
}

/** Puts a part. Its checksum is of the upload's algorithm, whether or not the client sends one. */
export function putPart(
  state: S3State,
  upload: Upload,
  { number, body, bytes, promised, trailers }: PartBody,
  input: CustomerKeyInput,
): Promise<UploadedPart> {
  const keep = upload.checksum?.algorithm;
  if (keep !== undefined && promised.algorithm !== undefined && promised.algorithm !== keep)
    throw invalidRequest(
      `Checksum Type mismatch occurred, expected checksum Type: ${keep.toLowerCase()}, actual checksum Type: ` +
        promised.algorithm.toLowerCase(),
    );
  const key = neededKey(
    upload,
    input,
    "The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate " +
      "encryption parameters.",
  );
  const digests = [keep, promised.algorithm].filter((name): name is ChecksumAlgorithm => name !== undefined);
  return state.objects.putPart(upload, number, body, {
    digests,
    declaredBytes: bytes,
    verify: (written) => {
      verifyWritten(promised, written, trailers);
      return keep === undefined
        ? undefined
        : { algorithm: keep, type: "FULL_OBJECT", value: written.digests[keep] ?? "" };
    },
    ...(key === undefined ? {} : { customerKey: key }),
  });
}

/** A part's checksum as members of an answer; a part has no type. */
export function partChecksum({ checksum }: Pick<UploadedPart, "checksum">): ChecksumMembers {
  const { ChecksumType: _type, ...members } = checksumMembers(checksum);
  return members;
}
