import type { Tag } from "@aws-sdk/client-s3";
import { ServiceError } from "../../core/errors.ts";
import { invalidArgument, invalidTag } from "./errors.ts";
import { limits } from "./limits.ts";

/** Letters, digits, spaces and a few signs, in any script. */
const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

export type Tags = Readonly<Record<string, string>>;

/** Reads `x-amz-tagging`: `key1=value1&key2=value2`. */
export function parseTagging(header: string | undefined): Tags {
  if (header === undefined || header === "") return {};
  const tags = Object.create(null) as Record<string, string>;
  for (const [name, value] of new URLSearchParams(header)) {
    if (name === "" || Object.hasOwn(tags, name))
      throw invalidArgument(
        "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag " +
          "name duplicates.",
        "x-amz-tagging",
        header,
      );
    tags[name] = value;
  }
  checkTags(tags);
  return tags;
}

/** Reads the tags of an XML body. */
export function tagsOf(set: readonly Tag[]): Tags {
  const tags = Object.create(null) as Record<string, string>;
  for (const { Key = "", Value = "" } of set) {
    if (Object.hasOwn(tags, Key)) throw invalidTag("Cannot provide multiple Tags with the same key", Key);
    tags[Key] = Value;
  }
  checkTags(tags);
  return tags;
}

function checkTags(tags: Tags): void {
  const entries = Object.entries(tags);
  if (entries.length > limits.tagsPerObject)
    throw new ServiceError("BadRequest", `Object tags cannot be greater than ${limits.tagsPerObject}`);
  for (const [name, value] of entries) {
    if (name === "" || [...name].length > limits.tagKeyChars || !tagText.test(name))
      throw invalidTag("The TagKey you have provided is invalid", name);
    if ([...value].length > limits.tagValueChars || !tagText.test(value))
      throw invalidTag("The TagValue you have provided is invalid", name);
    if (name.toLowerCase().startsWith("aws:"))
      throw invalidTag("Your TagKey cannot be prefixed with aws:", name);
  }
}

export function tagSet(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
