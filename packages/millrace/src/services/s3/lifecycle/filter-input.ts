import type { LifecycleRuleFilter, Tag } from "@aws-sdk/client-s3";
import { invalidArgument, invalidRequest, malformedXml } from "../errors.ts";
import { limits } from "../limits.ts";

/** The tags that an object must have. */
export function tagFilter(filter: LifecycleRuleFilter | undefined): readonly Tag[] {
  if (filter?.Tag !== undefined) return [filter.Tag];
  return filter?.And?.Tags ?? [];
}

/** Sizes in bytes, both exclusive. */
export interface SizeFilter {
  readonly greaterThan: number | undefined;
  readonly lessThan: number | undefined;
}

export function sizeFilter(filter: LifecycleRuleFilter | undefined): SizeFilter {
  const from = filter?.And ?? filter;
  return { greaterThan: from?.ObjectSizeGreaterThan, lessThan: from?.ObjectSizeLessThan };
}

export function prefixFilter(filter: LifecycleRuleFilter | undefined): string {
  return filter?.Prefix ?? filter?.And?.Prefix ?? "";
}

/** A filter has one condition, or several within `And`, or none. */
export function checkFilter(filter: LifecycleRuleFilter): void {
  const { Prefix, Tag, ObjectSizeGreaterThan, ObjectSizeLessThan, And } = filter;
  const conditions = [Prefix, Tag, ObjectSizeGreaterThan, ObjectSizeLessThan, And];
  if (conditions.filter((condition) => condition !== undefined).length > 1) throw malformedXml();
  checkTags(tagFilter(filter));
  checkSizes(sizeFilter(filter));
  if (Buffer.byteLength(prefixFilter(filter)) > limits.keyBytes)
    throw invalidRequest("The maximum size of a prefix is 1024.");
}

function checkTags(tags: readonly Tag[]): void {
  const keys = new Set<string>();
  for (const { Key, Value } of tags) {
    if (Key === undefined || Key === "" || Value === undefined) throw malformedXml();
    if (Key.length > limits.tagKeyChars)
      throw invalidRequest("The TagKey you have provided is too long, max allowed length is 128");
    if (Value.length > limits.tagValueChars)
      throw invalidRequest("The TagValue you have provided is too long, max allowed length is 256");
    if (keys.has(Key)) throw invalidRequest("Duplicate Tag Keys are not allowed.");
    keys.add(Key);
  }
}

function checkSizes({ greaterThan, lessThan }: SizeFilter): void {
  checkSize("ObjectSizeGreaterThan", greaterThan, 0);
  checkSize("ObjectSizeLessThan", lessThan, 1);
  if (greaterThan !== undefined && lessThan !== undefined && greaterThan >= lessThan)
    throw invalidRequest("'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.");
}

function checkSize(name: string, bytes: number | undefined, min: number): void {
  if (bytes === undefined || (Number.isInteger(bytes) && bytes >= min && bytes <= limits.filterBytes)) return;
  const message = `'${name}' should be between ${min} and ${limits.filterBytes}.`;
  throw invalidArgument(message, name, String(bytes));
}
