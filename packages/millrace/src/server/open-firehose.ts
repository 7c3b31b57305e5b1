import type { RoleAccess } from "../core/role-access.ts";
import {
  DirectIntake,
  FirehoseMeter,
  FirehoseState,
  firehoseLimits,
  firehoseService,
  type SourceStreams,
} from "../services/firehose/index.ts";
import { KinesisStreamSource } from "../services/kinesis/index.ts";
import { KmsFirehoseKeys } from "./firehose-keys.ts";
import { FirehoseWarehouse } from "./firehose-warehouse.ts";
import { openCatalog } from "./open-catalog.ts";
import { openEncoders } from "./open-encoders.ts";
import { openFunctions } from "./open-functions.ts";
import { openKeys } from "./open-keys.ts";
import { lazyLogSink } from "./open-log-groups.ts";
import { openMetricSink } from "./open-metrics.ts";
import { openObjectTarget } from "./open-object-target.ts";
import { openPipelines } from "./open-pipelines.ts";
import { openStreams } from "./open-streams.ts";
import { openRoleAccess } from "./role-access.ts";
import { CatalogSchemas } from "./schema-tables.ts";
import type { ServiceContext } from "./service-context.ts";

/** Delivery streams, and what takes their records. */
export interface FirehoseParts {
  readonly state: FirehoseState;
  readonly intake: DirectIntake;
  /** What is not delivered stays in the logs; it may be called twice. */
  close(): Promise<void>;
}

/**
 * Delivery streams on documents, logs and positions of their own below `<data>/firehose`: of the service, and of
 * whoever else puts records into them. They deliver once this resolves.
 */
export function openFirehose(context: ServiceContext): Promise<FirehoseParts> {
  return context.platform.part("firehose", async ({ onClose, onReset }) => {
    const { configuration, directory, master, clock, log, registry } = context;
    const keys = new KmsFirehoseKeys(await openKeys(context), master);
    const roles = await openRoleAccess(context);
    const places = await openObjectTarget(context);
    const encoders = await openEncoders(context);
    const functions = await openFunctions(context);
    const meter = new FirehoseMeter({ registry, sink: await openMetricSink(context), clock });
    const store = directory.store("firehose");
    const { pipelines, close: closePipelines } = openPipelines(context, {
      logs: "firehose/logs",
      positions: ["firehose", "positions.sqlite"],
      cipher: keys,
    });
    const state = new FirehoseState({
      ...{ clock, log, store, roles, places, encoders, functions, keys, meter, master, pipelines },
      tables: new CatalogSchemas(() => openCatalog(context)),
      streams: sourceStreams(context, roles),
      warehouse: new FirehoseWarehouse(async () =>
        (await import("./open-warehouse.ts")).openWarehouse(context),
      ),
      logs: lazyLogSink(context),
      settings: { transitionMs: configuration.transitionMs, streamLimit: firehoseLimits.streamsPerRegion },
    });
    await state.load();
    let closing: Promise<void> | undefined;
    const close = (): Promise<void> => {
      closing ??= (async () => {
        await state.close();
        await closePipelines();
        store.close();
      })();
      return closing;
    };
    onClose(close);
    onReset(() => state.reset());
    return { state, intake: new DirectIntake(state), close };
  });
}

/** Kinesis is opened by the first delivery stream that reads from a data stream. */
function sourceStreams(context: ServiceContext, roles: RoleAccess): SourceStreams {
  return {
    async open(streamArn, reader) {
      const streams = await openStreams(context);
      return new KinesisStreamSource(streams, streamArn, { ...reader, service: firehoseService }, roles);
    },
  };
}
