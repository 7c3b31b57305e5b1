import type { Store } from "../../core/store.ts";
import type { LogSink } from "../../core/telemetry.ts";
import type { DeliveryPipelines } from "../../kernels/delivery/index.ts";
import type { FirehoseKeys, FirehoseParts, FirehoseSettings, SourceStreams } from "./dependencies.ts";
import type { FirehoseMeter } from "./meter.ts";

/** All that Firehose is made of. */
export interface FirehoseDependencies extends FirehoseParts {
  /** Control-plane documents. */
  readonly store: Store;
  readonly pipelines: DeliveryPipelines;
  readonly streams: SourceStreams;
  readonly keys: FirehoseKeys;
  readonly meter: FirehoseMeter;
  /** The error logs of delivery streams. */
  readonly logs: LogSink;
  readonly settings: FirehoseSettings;
}
