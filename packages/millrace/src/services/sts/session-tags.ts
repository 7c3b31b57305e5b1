import type { PrincipalSession } from "../../gateway/call.ts";
import { invalidParameter } from "./errors.ts";
import { limits } from "./limits.ts";

interface TagInput {
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[] | undefined;
  readonly TransitiveTagKeys?: readonly string[] | undefined;
}

/** The tags of a new session: those that were passed, and those that the calling session hands on. */
export function sessionTags(
  input: TagInput,
  caller: PrincipalSession | undefined,
): Pick<PrincipalSession, "tags" | "transitiveTagKeys"> {
  const inherited = inheritedTags(caller);
  const passed = input.Tags ?? [];
  const keys = new Set(passed.map(({ Key }) => Key.toLowerCase()));
  if (keys.size < passed.length)
    throw invalidParameter("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
  if (passed.length > limits.tags) throw invalidParameter(`A session has at most ${limits.tags} tags.`);
  for (const key of Object.keys(inherited))
    if (keys.has(key.toLowerCase()))
      throw invalidParameter(
        `The tag key ${key} can't be set because it conflicts with a transitive tag key from the calling session.`,
      );
  for (const key of input.TransitiveTagKeys ?? [])
    if (!keys.has(key.toLowerCase()))
      throw invalidParameter("The specified transitive tag key must be included in the requested tags.");
  const added = Object.fromEntries(passed.map(({ Key, Value }) => [Key, Value]));
  return {
    tags: { ...inherited, ...added },
    transitiveTagKeys: [...Object.keys(inherited), ...(input.TransitiveTagKeys ?? [])],
  };
}

function inheritedTags(caller: PrincipalSession | undefined): Readonly<Record<string, string>> {
  if (caller === undefined) return {};
  const handedOn = new Set(caller.transitiveTagKeys.map((key) => key.toLowerCase()));
  return Object.fromEntries(Object.entries(caller.tags).filter(([key]) => handedOn.has(key.toLowerCase())));
}
