import type { ObjectStore, ObjectVersion } from "../../../kernels/objects/index.ts";
import type { Subject } from "./lifecycle-action.ts";

/** Versions that are in memory at once. */
const pageVersions = 1_000;

/**
 * All versions of a bucket with what the lifecycle must know of the versions around them, page by page. What
 * changes meanwhile is seen or not; whoever acts on a version checks it again.
 */
export async function* walkVersions(objects: ObjectStore, bucket: string): AsyncGenerator<Subject> {
  let walk: Walk | undefined;
  for await (const version of pagedVersions(objects, bucket)) {
    if (walk !== undefined) yield subject(walk, walk.version.key !== version.key);
    walk = next(walk, version);
  }
  if (walk !== undefined) yield subject(walk, true);
}

/** A version, held back until the one after it is known. */
interface Walk {
  readonly version: ObjectVersion;
  readonly isFirst: boolean;
  readonly noncurrentSinceMs: number | undefined;
  readonly newerNoncurrent: number;
}

function next(before: Walk | undefined, version: ObjectVersion): Walk {
  if (before === undefined || before.version.key !== version.key)
    return { version, isFirst: true, noncurrentSinceMs: undefined, newerNoncurrent: 0 };
  return {
    version,
    isFirst: false,
    noncurrentSinceMs: before.version.lastModifiedMs,
    newerNoncurrent: before.isFirst ? 0 : before.newerNoncurrent + 1,
  };
}

function subject({ version, isFirst, noncurrentSinceMs, newerNoncurrent }: Walk, isLast: boolean): Subject {
  return { version, noncurrentSinceMs, newerNoncurrent, isOnly: isFirst && isLast };
}

async function* pagedVersions(objects: ObjectStore, bucket: string): AsyncGenerator<ObjectVersion> {
  let position: { readonly after?: string; readonly afterVersionId?: string } = {};
  for (;;) {
    if (objects.bucket(bucket) === undefined) return;
    const { items, next, nextVersionId } = objects.listVersions(bucket, { ...position, limit: pageVersions });
    yield* items;
    if (next === undefined) return;
    position = { after: next, ...(nextVersionId === undefined ? {} : { afterVersionId: nextVersionId }) };
    // Reading a page holds everybody up, so others take their turn between two.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
