import { createHash } from "node:crypto";
import {
  type Checksum,
  type ChecksumAlgorithm,
  type CrcAlgorithm,
  combineCrcs,
  Digests,
  type ObjectPart,
  type Upload,
  type UploadedPart,
} from "../../kernels/objects/index.ts";
import { readAlgorithm } from "./checksum-request.ts";
import { invalidRequest } from "./errors.ts";

interface UploadChecksumInput {
  readonly ChecksumAlgorithm?: string | undefined;
  readonly ChecksumType?: string | undefined;
}

/** Which checksum an upload in parts will have: one over the parts' checksums, or one over all of its bytes. */
export function uploadChecksum(input: UploadChecksumInput): Upload["checksum"] {
  const algorithm = readAlgorithm(input.ChecksumAlgorithm);
  const asked = input.ChecksumType;
  if (algorithm === undefined) {
    if (asked === undefined) return undefined;
    throw invalidRequest(
      "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.",
    );
  }
  if (asked !== undefined && asked !== "COMPOSITE" && asked !== "FULL_OBJECT")
    throw invalidRequest("Value for x-amz-checksum-type header is invalid.");
  const type = asked ?? (algorithm === "CRC64NVME" ? "FULL_OBJECT" : "COMPOSITE");
  if ((!isCrc(algorithm) && type === "FULL_OBJECT") || (algorithm === "CRC64NVME" && type === "COMPOSITE"))
    throw invalidRequest(
      `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    );
  return { algorithm, type };
}

/** The entity tag of an object of parts: the MD5 of the parts' MD5s, and their number. */
export function wholeEtag(parts: readonly Pick<UploadedPart, "etag">[]): string {
  const md5 = createHash("md5");
  for (const { etag } of parts) md5.update(Buffer.from(etag, "hex"));
  return `${md5.digest("hex")}-${parts.length}`;
}

/** The checksum of the whole from those of its parts; undefined when the upload has none. */
export function wholeChecksum({ checksum }: Upload, parts: readonly ObjectPart[]): Checksum | undefined {
  if (checksum === undefined) return undefined;
  const { algorithm, type } = checksum;
  const values = parts.map((part) => ({ value: part.checksum?.value ?? "", size: part.size }));
  if (type === "COMPOSITE")
    return { algorithm, type, value: `${compositeOf(algorithm, values)}-${parts.length}` };
  return isCrc(algorithm) ? { algorithm, type, value: combineCrcs(algorithm, values) } : undefined;
}

/** Only CRCs of parts tell the one of the whole, so no other algorithm gets this far with FULL_OBJECT. */
function isCrc(algorithm: ChecksumAlgorithm): algorithm is CrcAlgorithm {
  return algorithm !== "SHA1" && algorithm !== "SHA256";
}

function compositeOf(algorithm: ChecksumAlgorithm, values: readonly { readonly value: string }[]): string {
  const digests = new Digests([algorithm]);
  for (const { value } of values) digests.update(Buffer.from(value, "base64"));
  return digests.finish().digests[algorithm] ?? "";
}
