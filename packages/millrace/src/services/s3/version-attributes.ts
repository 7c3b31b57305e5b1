import type { ObjectAttributes, ObjectVersion } from "../../kernels/objects/index.ts";

/** What of a version can be changed in place. */
export function attributesOf(version: ObjectVersion): ObjectAttributes {
  const { headers, metadata, tags, storageClass, retention, legalHold, settings } = version;
  return { headers, metadata, tags, storageClass, retention, legalHold, settings };
}
