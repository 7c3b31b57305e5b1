import type { Tag } from "@aws-sdk/client-kinesis-analytics-v2";
import type { Input } from "../../../gateway/service.ts";
import { invalidArgument, resourceInUse, tooManyTags } from "../errors.ts";
import { limits } from "../limits.ts";
import type { ApplicationDocument } from "./document.ts";

type Tags = Readonly<Record<string, string>>;

/** @throws ServiceError ResourceInUseException */
export function checkTaggable({ name, status }: ApplicationDocument): void {
  if (status === "DELETING") throw resourceInUse(`Application ${name} is being deleted.`);
}

/** Tags with others added or replaced. @throws ServiceError */
export function newTags(tags: Tags, added: readonly Input<Tag>[]): Tags {
  const keys = new Set<string>();
  for (const { Key } of added) {
    if (keys.has(Key)) throw invalidArgument(`The tag key ${Key} is given twice.`);
    if (Key.toLowerCase().startsWith("aws:"))
      throw invalidArgument(`The tag key ${Key} is reserved for AWS.`);
    keys.add(Key);
  }
  const all = { ...tags, ...Object.fromEntries(added.map(({ Key, Value }) => [Key, Value ?? ""])) };
  if (Object.keys(all).length > limits.tags)
    throw tooManyTags(`An application can have at most ${limits.tags} tags.`);
  return all;
}

/** Tags by key, as the API lists them. */
export function tagList(tags: Tags): Tag[] {
  return Object.entries(tags)
    .map(([Key, Value]) => ({ Key, Value }))
    .sort((a, b) => (a.Key < b.Key ? -1 : 1));
}
