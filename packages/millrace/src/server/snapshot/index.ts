export type { SnapshotProgress } from "./archive-writer.ts";
export type { SnapshotManifest } from "./manifest.ts";
export { type LoadedSnapshot, loadSnapshot, saveSnapshot } from "./offline.ts";
export { SnapshotError } from "./snapshot-error.ts";
