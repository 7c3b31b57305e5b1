import type { GetObjectAttributesOutput, GetObjectAttributesRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import type { ObjectVersion } from "../../../kernels/objects/index.ts";
import { checksumMembers } from "../checksum-request.ts";
import { wholeSeconds } from "../conditions.ts";
import { neededKey } from "../customer-key.ts";
import { invalidArgument } from "../errors.ts";
import { limits } from "../limits.ts";
import { findObject, versionIdOf } from "../object-lookup.ts";
import { partChecksum } from "../part-upload.ts";
import type { S3State } from "../state.ts";

type AttributesInput = Input<GetObjectAttributesRequest>;

const attributeNames: readonly string[] = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"];

export function getObjectAttributes(state: S3State, input: AttributesInput): GetObjectAttributesOutput {
  const asked = new Set<string>(input.ObjectAttributes);
  for (const name of asked)
    if (!attributeNames.includes(name))
      throw invalidArgument("Invalid attribute name specified.", "x-amz-object-attributes", name);
  const { bucket, version } = findObject(state, input, "GET");
  neededKey(version, input);
  const { checksum, storageClass } = version;
  return {
    LastModified: new Date(wholeSeconds(version.lastModifiedMs)),
    ...versionIdOf(bucket, version.versionId),
    // The one place where S3 writes an entity tag without its quotes.
    ...(asked.has("ETag") ? { ETag: version.etag } : {}),
    ...(asked.has("Checksum") && checksum !== undefined
      ? { Checksum: { ...checksumMembers(checksum), ...bareComposite(checksum) } }
      : {}),
    ...(asked.has("ObjectParts") && version.parts !== undefined
      ? { ObjectParts: objectParts(version, input) }
      : {}),
    ...(asked.has("StorageClass")
      ? { StorageClass: storageClass as NonNullable<GetObjectAttributesOutput["StorageClass"]> }
      : {}),
    ...(asked.has("ObjectSize") ? { ObjectSize: version.size } : {}),
  };
}

/** Here a composite checksum stands without its number of parts. */
function bareComposite({ algorithm, type, value }: NonNullable<ObjectVersion["checksum"]>): object {
  return type === "COMPOSITE" ? { [`Checksum${algorithm}`]: value.replace(/-\d+$/, "") } : {};
}

/** The parts one by one are told only of objects whose parts have checksums. */
function objectParts(
  version: ObjectVersion,
  input: AttributesInput,
): NonNullable<GetObjectAttributesOutput["ObjectParts"]> {
  const parts = version.parts ?? [];
  if (version.checksum === undefined) return { TotalPartsCount: parts.length };
  const limit = Math.min(input.MaxParts ?? limits.partsPerPage, limits.partsPerPage);
  const after = Number(input.PartNumberMarker ?? 0);
  const rest = parts
    .map((part, index) => ({ part, number: index + 1 }))
    .filter(({ number }) => number > after);
  const page = rest.slice(0, limit);
  return {
    TotalPartsCount: parts.length,
    PartNumberMarker: String(after),
    NextPartNumberMarker: String(page.at(-1)?.number ?? 0),
    MaxParts: limit,
    IsTruncated: page.length < rest.length,
    Parts: page.map(({ part, number }) => ({
      PartNumber: number,
      Size: part.size,
      ...partChecksum(part),
    })),
  };
}
