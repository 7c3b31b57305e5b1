import type { StreamDocument } from "./document.ts";

/** A stream's document for tests, with what a test cares about replaced. */
export function streamDocument(changes: Partial<StreamDocument> = {}): StreamDocument {
  return {
    name: "orders",
    account: "000000000000",
    region: "us-east-1",
    id: "0123456789abcdefghij-klm",
    createdMs: Date.UTC(2026, 0, 1),
    status: "ACTIVE",
    mode: "PROVISIONED",
    shards: [],
    retentionHours: 24,
    trimmedBeforeMs: 0,
    maxRecordKiB: 1024,
    distribution: "USER_PARTITION_KEY",
    monitoring: [],
    tags: {},
    consumers: [],
    countChangesMs: [],
    modeChangesMs: [],
    ...changes,
  };
}
