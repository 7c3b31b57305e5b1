import type { Tag } from "@aws-sdk/client-firehose";
import type { Input } from "../../gateway/service.ts";
import type { StreamDocument } from "./document.ts";
import { invalidArgument, limitExceeded, resourceInUse } from "./errors.ts";
import { limits } from "./limits.ts";

type Tags = Readonly<Record<string, string>>;

/** @throws ServiceError ResourceInUseException when the stream is on its way out. */
export function checkTaggable({ name, account, status }: StreamDocument): void {
  if (status === "DELETING")
    throw resourceInUse(`Firehose ${name} under account ${account} is being deleted.`);
}

/** Tags with others added or replaced. @throws ServiceError */
export function withTags(tags: Tags, added: readonly Input<Tag>[]): Tags {
  const keys = new Set<string>();
  for (const { Key } of added) {
    if (keys.has(Key)) throw invalidArgument(`Duplicate tag key: ${Key}`);
    if (Key.toLowerCase().startsWith("aws:"))
      throw invalidArgument("Tag keys beginning with aws: are reserved for AWS and cannot be used.");
    keys.add(Key);
  }
  const all = { ...tags, ...Object.fromEntries(added.map(({ Key, Value }) => [Key, Value ?? ""])) };
  if (Object.keys(all).length > limits.tagsPerStream)
    throw limitExceeded(`A delivery stream can have at most ${limits.tagsPerStream} tags.`);
  return all;
}

export function withoutTags(tags: Tags, keys: readonly string[]): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));
}

/** Tags by key, as the API lists them. */
export function tagList(tags: Tags): (Tag & { Key: string })[] {
  return Object.entries(tags)
    .map(([Key, Value]) => ({ Key, Value }))
    .sort((a, b) => (a.Key < b.Key ? -1 : 1));
}
