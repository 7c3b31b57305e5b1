import type { Tag } from "@aws-sdk/client-redshift";
import { ServiceError } from "../../core/errors.ts";
import type { Tags } from "./document.ts";
import { invalidTag } from "./errors.ts";
import { limits } from "./limits.ts";

interface GivenTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** Tags with others added or replaced. @throws ServiceError InvalidTagFault, TagLimitExceededFault */
export function withTags(tags: Tags, added: readonly GivenTag[] | undefined): Tags {
  const all = new Map(Object.entries(tags));
  const keys = new Set<string>();
  for (const { Key: key = "", Value: value = "" } of added ?? []) {
    if (key === "" || key.length > limits.tagKeyChars || value.length > limits.tagValueChars)
      throw invalidTag(
        `A tag has a key of 1 to ${limits.tagKeyChars} and a value of at most ${limits.tagValueChars} characters.`,
      );
    if (key.toLowerCase().startsWith("aws:"))
      throw invalidTag("Tag keys beginning with aws: are reserved for AWS.");
    if (keys.has(key)) throw invalidTag(`The tag key ${key} was given twice.`);
    keys.add(key);
    all.set(key, value);
  }
  if (all.size > limits.tagsPerResource)
    throw new ServiceError(
      "TagLimitExceededFault",
      `A resource can have at most ${limits.tagsPerResource} tags.`,
    );
  return Object.fromEntries(all);
}

export function withoutTags(tags: Tags, keys: readonly string[]): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));
}

/** Tags by key, as the API lists them. */
export function tagList(tags: Tags): Required<Tag>[] {
  return Object.entries(tags)
    .map(([Key, Value]) => ({ Key, Value }))
    .sort((a, b) => (a.Key < b.Key ? -1 : 1));
}

export interface TagFilter {
  readonly TagKeys?: readonly string[] | undefined;
  readonly TagValues?: readonly string[] | undefined;
}

/** Whether a tag has one of the keys and one of the values asked for; all do where none are. */
export function tagFits({ TagKeys, TagValues }: TagFilter): (key: string, value: string) => boolean {
  const keys = TagKeys?.length ? new Set(TagKeys) : undefined;
  const values = TagValues?.length ? new Set(TagValues) : undefined;
  return (key, value) => (keys?.has(key) ?? true) && (values?.has(value) ?? true);
}

/** Whether a resource has a tag that fits; without a filter all do. */
export function tagged(filter: TagFilter): (resource: { readonly tags: Tags }) => boolean {
  if (!filter.TagKeys?.length && !filter.TagValues?.length) return () => true;
  const fits = tagFits(filter);
  return ({ tags }) => Object.entries(tags).some(([key, value]) => fits(key, value));
}
