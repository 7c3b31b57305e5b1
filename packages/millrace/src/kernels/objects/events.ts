import type { ObjectVersion } from "./object-version.ts";

/** Something that was committed. */
export interface ObjectEvent {
  /** `ObjectCreated:Put`, `ObjectRemoved:DeleteMarkerCreated` and the like. */
  readonly name: string;
  readonly bucket: string;
  readonly key: string;
  /** Undefined when versioning was off. */
  readonly versionId: string | undefined;
  readonly size: number;
  readonly etag: string;
  /** Hexadecimal; of two events of a key, the later one has the greater sequencer. */
  readonly sequencer: string;
  readonly timeMs: number;
}

export interface EventSource {
  readonly name: string;
  readonly version: Pick<ObjectVersion, "bucket" | "key" | "size" | "etag" | "isDeleteMarker">;
  readonly versionId: string | undefined;
  readonly sequence: number;
  readonly timeMs: number;
}

export function createEvent({ name, version, versionId, sequence, timeMs }: EventSource): ObjectEvent {
  const { bucket, key, size, etag } = version;
  const sequencer = sequence.toString(16).toUpperCase().padStart(16, "0");
  return { name, bucket, key, versionId, size, etag, sequencer, timeMs };
}
