import { join } from "node:path";
import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import type { MasterKey } from "../../core/master-key.ts";
import { BlobStores } from "./blob-stores.ts";
import { ContentKeys } from "./content-keys.ts";
import { EventFeed } from "./event-feed.ts";
import type { ObjectFiles } from "./files.ts";
import { Housekeeping } from "./housekeeping.ts";
import { LocalBlobs } from "./local-blobs.ts";
import { BucketTable } from "./metadata/bucket-table.ts";
import { MetadataDatabase } from "./metadata/database.ts";
import { GroupCommit } from "./metadata/group-commit.ts";
import { OutboxTable } from "./metadata/outbox-table.ts";
import { Sequence } from "./metadata/sequence.ts";
import { UploadListing } from "./metadata/upload-listing.ts";
import { UploadQueries, UploadTable } from "./metadata/upload-table.ts";
import { VersionListing } from "./metadata/version-listing.ts";
import { VersionQueries, VersionTable } from "./metadata/version-table.ts";
import { nodeFiles } from "./node-files.ts";
import type { ObjectKeys } from "./object-keys-port.ts";
import { ObjectReader } from "./object-reader.ts";
import { ObjectWriter } from "./object-writer.ts";
import type { BlobStore } from "./port.ts";
import { UploadStore } from "./upload-store.ts";
import { VersionCommits } from "./version-commits.ts";

export interface StoreOptions {
  readonly dir: string;
  /** `full`: what is acknowledged is on disk. `off`: nothing is synced. */
  readonly sync: "full" | "off";
  readonly clock: Clock;
  readonly log: Logger;
  readonly master: MasterKey;
  readonly keys: ObjectKeys;
  /** Other places for the bytes of objects, beside the local disk. */
  readonly remote?: readonly BlobStore[];
  /** The name of the store that takes the bytes of a bucket's next objects: `local` by default. */
  readonly storeOf?: (bucket: string) => string;
  /** The real file system by default. */
  readonly files?: ObjectFiles;
}

/** What an object store is made of. */
export interface StoreParts {
  readonly commits: GroupCommit;
  readonly buckets: BucketTable;
  readonly queries: VersionQueries;
  readonly listing: VersionListing;
  readonly changes: VersionCommits;
  readonly uploads: UploadStore;
  readonly events: EventFeed;
  readonly housekeeping: Housekeeping;
  readonly uploadListing: UploadListing;
  readonly blobs: BlobStores;
  readonly writer: ObjectWriter;
  readonly reader: ObjectReader;
  readonly close: () => Promise<void>;
}

export async function openParts(options: StoreOptions): Promise<StoreParts> {
  const { dir, clock, log, files = nodeFiles } = options;
  const durable = options.sync === "full";
  await files.makeDirectory(dir);
  const local = await LocalBlobs.open({ dir: join(dir, "blobs"), files, durable });
  const { remote = [], storeOf = () => local.name } = options;
  const blobs = new BlobStores([local, ...remote], storeOf, log);
  const path = join(dir, "metadata.sqlite");
  const database = new MetadataDatabase(path, durable);
  const wal = await files.open(`${path}-wal`, "update");
  if (durable) await files.syncDirectory(dir);
  const commits = new GroupCommit({ database, sync: durable ? () => wal.datasync() : async () => {} });
  const buckets = new BucketTable(database, commits);
  const queries = new VersionQueries(database.reader);
  const versions = new VersionTable(database.writer);
  const sequence = new Sequence(database.writer, clock);
  const events = new EventFeed(commits, new OutboxTable(database), sequence, log);
  const changes = new VersionCommits({
    buckets,
    versions,
    sequence,
    clock,
    effects: {
      note: (transaction, event) => events.note(transaction, event),
      discard: (blob) => blobs.discard(blob),
    },
  });
  const keys = new ContentKeys(options.master, options.keys);
  const uploadQueries = new UploadQueries(database.reader);
  const uploads = new UploadStore({
    ...{ clock, commits, buckets, versions, changes, sequence, blobs, keys },
    table: new UploadTable(database.writer),
    queries: uploadQueries,
  });
  const housekeeping = new Housekeeping({
    ...{ commits, buckets, versions, queries, uploadQueries, uploads, blobs },
  });
  housekeeping.start();
  return {
    commits,
    buckets,
    queries,
    changes,
    uploads,
    events,
    housekeeping,
    uploadListing: new UploadListing(database.reader),
    blobs,
    listing: new VersionListing(database.reader),
    writer: new ObjectWriter(blobs, keys),
    reader: new ObjectReader(blobs, keys, queries),
    async close() {
      housekeeping.stop();
      await blobs.settled();
      await commits.close();
      await blobs.close();
      await wal.close();
      database.close();
    },
  };
}
