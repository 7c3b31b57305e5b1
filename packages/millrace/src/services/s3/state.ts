import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import type { PageTokens } from "../../gateway/tokens.ts";
import type { ObjectStore } from "../../kernels/objects/index.ts";
import type { BucketKeys, S3Dependencies } from "./dependencies.ts";
import { LifecycleWorker } from "./lifecycle/lifecycle-worker.ts";
import { ParquetQueries } from "./select/input/parquet-queries.ts";

/** All that the operations of S3 work on. */
export class S3State {
  readonly clock: Clock;
  readonly log: Logger;
  readonly objects: ObjectStore;
  readonly tokens: PageTokens;
  readonly keys: BucketKeys;
  readonly lifecycle: LifecycleWorker;
  /** What SelectObjectContent reads Parquet with. */
  readonly parquet: ParquetQueries = new ParquetQueries();

  constructor(dependencies: S3Dependencies) {
    this.clock = dependencies.clock;
    this.log = dependencies.log;
    this.objects = dependencies.objects;
    this.tokens = dependencies.tokens;
    this.keys = dependencies.keys;
    this.lifecycle = new LifecycleWorker(dependencies);
  }

  /** Forgets all buckets and objects. */
  async reset(): Promise<void> {
    await this.objects.reset();
  }
}
