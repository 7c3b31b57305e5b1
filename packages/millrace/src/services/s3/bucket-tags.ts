import type { Tag } from "@aws-sdk/client-s3";
import { ServiceError } from "../../core/errors.ts";
import { invalidTag } from "./errors.ts";
import { limits } from "./limits.ts";

/** Letters, digits, spaces and a few signs, in any script. */
const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** A bucket's tags as they are kept. @throws ServiceError when AWS would not take them. */
export function bucketTags(set: readonly Tag[]): Readonly<Record<string, string>> {
  if (set.length > limits.tagsPerBucket)
    throw new ServiceError("BadRequest", `Bucket tag count cannot be greater than ${limits.tagsPerBucket}`);
  const tags = new Map<string, string>();
  for (const { Key: key = "", Value: value = "" } of set) {
    if (tags.has(key)) throw invalidTag("Cannot provide multiple Tags with the same key", key);
    if (key === "" || [...key].length > limits.tagKeyChars || !tagText.test(key))
      throw invalidTag("The TagKey you have provided is invalid", key);
    if (key.toLowerCase().startsWith("aws:"))
      throw invalidTag("System tags cannot be added/updated by requester", key);
    if ([...value].length > limits.tagValueChars || !tagText.test(value))
      throw invalidTag("The TagValue you have provided is invalid", key);
    tags.set(key, value);
  }
  return Object.fromEntries(tags);
}
