import type { ContextEntries } from "../core/policy/request-context.ts";

type Members = Readonly<Record<string, unknown>>;

/**
 * The condition keys that follow from tags in an input: `aws:RequestTag/...` and `aws:TagKeys`. Services
 * write tags as maps or as lists, in names of several spellings.
 */
export function requestTags(input: unknown): ContextEntries {
  if (!isMembers(input)) return {};
  const tags = pairsOf(member(input, "tags") ?? member(input, "taglist"));
  const removed = member(input, "tagkeys") ?? [];
  const keys = [...tags.map(([key]) => key), ...(Array.isArray(removed) ? removed.map(String) : [])];
  if (keys.length === 0) return {};
  const entries = tags.map(([key, value]) => [`aws:RequestTag/${key}`, value] as const);
  return { "aws:TagKeys": keys, ...Object.fromEntries(entries) };
}

function pairsOf(tags: unknown): [string, string][] {
  if (Array.isArray(tags)) {
    return tags.filter(isMembers).flatMap((tag): [string, string][] => {
      const key = member(tag, "key") ?? member(tag, "tagkey");
      return key === undefined
        ? []
        : [[String(key), String(member(tag, "value") ?? member(tag, "tagvalue") ?? "")]];
    });
  }
  return isMembers(tags) ? Object.entries(tags).map(([key, value]) => [key, String(value)]) : [];
}

/** The member of that name, however its letters are written. */
function member(members: Members, name: string): unknown {
  for (const key in members) if (key.toLowerCase() === name) return members[key];
  return undefined;
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null;
}
