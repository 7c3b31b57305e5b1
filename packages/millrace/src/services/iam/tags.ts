import type { Tag } from "@aws-sdk/client-iam";
import { invalidInput, limitExceeded } from "./errors.ts";
import { limits } from "./limits.ts";

type Tags = Readonly<Record<string, string>>;
type GivenTag = { readonly Key: string; readonly Value: string };

const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Tags with others added or replaced. Keys that differ in nothing but case are the same one. */
export function withTags(tags: Tags, given: readonly GivenTag[] | undefined): Tags {
  const byKey = new Map(Object.entries(tags).map((entry) => [entry[0].toLowerCase(), entry]));
  const seen = new Set<string>();
  for (const { Key, Value } of given ?? []) {
    const key = Key.toLowerCase();
    if (seen.has(key))
      throw invalidInput("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
    seen.add(key);
    if (key.startsWith("aws:")) throw invalidInput("Tag keys must not start with 'aws:'.");
    if (!allowed.test(Key) || !allowed.test(Value))
      throw invalidInput("A tag has characters that are not allowed.");
    byKey.set(key, [Key, Value]);
  }
  if (byKey.size > limits.tagsPerResource)
    throw limitExceeded("The number of tags has reached the maximum limit.");
  return Object.fromEntries(byKey.values());
}

export function withoutTags(tags: Tags, keys: readonly string[]): Tags {
  const gone = new Set(keys.map((key) => key.toLowerCase()));
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.has(key.toLowerCase())));
}

export function tagList(tags: Tags): (Tag & { Key: string; Value: string })[] {
  return Object.entries(tags)
    .map(([Key, Value]) => ({ Key, Value }))
    .sort((a, b) => (a.Key < b.Key ? -1 : 1));
}

/** The `Tags` member of an answer, which is left out when there are none. */
export function tagsMember(tags: Tags): { Tags?: Tag[] } {
  const list = tagList(tags);
  return list.length === 0 ? {} : { Tags: list };
}
