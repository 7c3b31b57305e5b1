import type { Tag } from "@aws-sdk/client-dynamodb";
import { limitExceeded, validation } from "../errors.ts";
import { limits } from "../limits.ts";

type Tags = Readonly<Record<string, string>>;

/** Letters, digits and spaces of any script, and the punctuation that AWS allows. */
const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Tags with others added or replaced. */
export function withTags(
  tags: Tags,
  added: readonly { readonly Key: string; readonly Value: string }[],
): Tags {
  for (const { Key, Value } of added) {
    if (!allowed.test(Key) || !allowed.test(Value))
      throw validation(
        `One or more parameter values were invalid: The tag ${Key} has characters that are not allowed`,
      );
    if (Key.toLowerCase().startsWith("aws:"))
      throw validation("One or more parameter values were invalid: Tag keys must not start with aws:");
  }
  const keys = added.map(({ Key }) => Key);
  if (new Set(keys).size !== keys.length)
    throw validation("One or more parameter values were invalid: Duplicate tag keys");
  const all = new Map([...Object.entries(tags), ...added.map(({ Key, Value }) => [Key, Value] as const)]);
  if (all.size > limits.tagsPerResource)
    throw limitExceeded(`Too many tags: a table can have ${limits.tagsPerResource}`);
  return Object.fromEntries(all);
}

/** Tags by key, as the API lists them. */
export function tagList(tags: Tags): Tag[] {
  return Object.entries(tags)
    .map(([Key, Value]) => ({ Key, Value }))
    .sort((a, b) => (a.Key < b.Key ? -1 : 1));
}
