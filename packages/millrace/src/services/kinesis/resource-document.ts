import type { ConsumerDocument, StreamDocument } from "./document.ts";

/** What streams and consumers have in common: both can be tagged and carry a policy. */
interface TaggedResource {
  readonly tags: Readonly<Record<string, string>>;
  readonly policy?: string;
}

/** Changes the tags or the policy of a stream, or of one of its consumers. */
export function changeResource(
  document: StreamDocument,
  consumer: ConsumerDocument | undefined,
  change: (resource: TaggedResource) => TaggedResource,
): StreamDocument {
  if (consumer === undefined) return replace(document, change);
  return {
    ...document,
    consumers: document.consumers.map((other) =>
      other.name === consumer.name && other.createdSeconds === consumer.createdSeconds
        ? replace(other, change)
        : other,
    ),
  };
}

function replace<T extends TaggedResource>(
  resource: T,
  change: (resource: TaggedResource) => TaggedResource,
): T {
  const { tags, policy, ...rest } = resource;
  const changed = change(policy === undefined ? { tags } : { tags, policy });
  return { ...(rest as Omit<T, "tags" | "policy">), ...changed } as T;
}
