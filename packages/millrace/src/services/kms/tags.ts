import type { Tag } from "@aws-sdk/client-kms";
import type { Input } from "../../gateway/service.ts";
import { tagError, validation } from "./errors.ts";
import { limits } from "./limits.ts";

type Tags = Readonly<Record<string, string>>;

/** Tags with others added or replaced. */
export function withTags(tags: Tags, added: readonly Input<Tag>[] | undefined): Tags {
  const all: Record<string, string> = { ...tags };
  const seen = new Set<string>();
  for (const { TagKey, TagValue } of added ?? []) {
    if (TagKey.toLowerCase().startsWith("aws:")) throw tagError("Tags beginning with aws: are reserved");
    if (seen.has(TagKey)) throw tagError("Duplicate tag keys");
    seen.add(TagKey);
    all[TagKey] = TagValue;
  }
  if (Object.keys(all).length > limits.tagsPerKey) throw validation("Too many tags");
  return all;
}

export function withoutTags(tags: Tags, keys: readonly string[]): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));
}
