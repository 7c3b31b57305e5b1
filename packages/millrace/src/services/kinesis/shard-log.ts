import type { Log, LogStore } from "../../kernels/log/index.ts";
import { hourMs, type ShardDocument, type StreamDocument } from "./document.ts";

/** How long a stream keeps its records. */
export function retentionMs(document: StreamDocument): number {
  return document.retentionHours * hourMs;
}

/** The name of a shard's log. Stream ids are unique for ever, so a stream made anew never meets old records. */
export function shardLogId(document: StreamDocument, shard: ShardDocument): string {
  return `${document.id}.${shard.index}`;
}

/** Opens a shard's log, or makes it. */
export function openShardLog(logs: LogStore, document: StreamDocument, shard: ShardDocument): Promise<Log> {
  return logs.open(shardLogId(document, shard), { retention: { maxAgeMs: retentionMs(document) } });
}
