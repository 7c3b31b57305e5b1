import type { Tag } from "@aws-sdk/client-kinesis";
import type { StreamDocument } from "./document.ts";
import { invalidArgument, streamNotActive } from "./errors.ts";
import { limits } from "./limits.ts";

/** The tags of a stream cannot be changed before it was created, nor once it is being deleted. */
export function checkTaggable({ name, account, status }: StreamDocument): void {
  if (status === "CREATING" || status === "DELETING") throw streamNotActive(name, account, status);
}

type Tags = Readonly<Record<string, string>>;

/** Letters, digits and spaces of any script, and the punctuation that AWS allows. */
const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Tags with others added or replaced. `owner` names the resource in errors. */
export function withTags(tags: Tags, added: Tags, owner: string): Tags {
  for (const text of [...Object.keys(added), ...Object.values(added)])
    if (!allowed.test(text))
      throw invalidArgument(
        `Failed to add tags to ${owner} because some tags contained illegal characters. The allowed characters are ` +
          "Unicode letters, white-spaces, '_',',','/','=','+','-','@',':'.",
      );
  if (Object.keys(added).some((key) => key.toLowerCase().startsWith("aws:")))
    throw invalidArgument(`Failed to add tags to ${owner} because tag keys must not start with aws:.`);
  const all = { ...tags, ...added };
  if (Object.keys(all).length > limits.tagsPerResource)
    throw invalidArgument(
      `Failed to add tags to ${owner} because a given resource cannot have more than ${limits.tagsPerResource} tags associated with it.`,
    );
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
