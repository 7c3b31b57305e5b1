import { unreachable } from "../../core/assert.ts";
import type { ConsumerDocument, StreamDocument } from "./document.ts";
import { mergeShards, scaleTo, splitShard } from "./reshard.ts";
import type { Stream } from "./stream.ts";

/** The part of the stream table that ends transitional states need. */
interface Streams {
  byId(id: string): Stream | undefined;
  change(stream: Stream, next: (document: StreamDocument) => StreamDocument): Promise<void>;
  remove(stream: Stream): Promise<void>;
}

/** Ends a stream's CREATING, UPDATING or DELETING state; called when its time has come, or after a restart. */
export async function finishStream(streams: Streams, stream: Stream, nowMs: number): Promise<void> {
  if (streams.byId(stream.document.id) !== stream) return;
  const { status } = stream.document;
  if (status === "DELETING") await streams.remove(stream);
  else if (status !== "ACTIVE") await streams.change(stream, (document) => finished(document, nowMs));
}

function finished(document: StreamDocument, nowMs: number): StreamDocument {
  // A deletion that was asked for in between wins.
  if (document.status !== "CREATING" && document.status !== "UPDATING") return document;
  const { pending, ...rest } = document;
  const active: StreamDocument = { ...rest, status: "ACTIVE" };
  if (pending === undefined) return active;
  switch (pending.kind) {
    case "split":
      return splitShard(active, pending.shard, pending.atHashKey, nowMs);
    case "merge":
      return mergeShards(active, pending.shard, pending.adjacent, nowMs);
    case "count":
      return scaleTo(active, pending.target, nowMs);
    case "settings":
      return active;
    default:
      return unreachable(pending);
  }
}

/** Ends a consumer's CREATING or DELETING state. */
export async function finishConsumer(
  streams: Streams,
  stream: Stream,
  consumer: { readonly name: string; readonly createdSeconds: number },
): Promise<void> {
  if (streams.byId(stream.document.id) !== stream) return;
  await streams.change(stream, (document) => ({
    ...document,
    consumers: document.consumers.flatMap((other): ConsumerDocument[] => {
      if (other.name !== consumer.name || other.createdSeconds !== consumer.createdSeconds) return [other];
      return other.status === "DELETING" ? [] : [{ ...other, status: "ACTIVE" }];
    }),
  }));
}
