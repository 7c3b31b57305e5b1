import type { RoleAccess } from "../core/role-access.ts";
import type { LogSink } from "../core/telemetry.ts";
import type { Service } from "../gateway/service.ts";
import { DeliveryPipelines, deliveryLogDefaults, positionSchema } from "../kernels/delivery/index.ts";
import { LogStore } from "../kernels/log/index.ts";
import {
  createFirehose,
  FirehoseMeter,
  firehoseLimits,
  firehoseService,
  type SourceStreams,
} from "../services/firehose/index.ts";
import { KinesisStreamSource } from "../services/kinesis/index.ts";
import { KmsFirehoseKeys } from "./firehose-keys.ts";
import { openCatalog } from "./open-catalog.ts";
import { openEncoders } from "./open-encoders.ts";
import { openFunctions } from "./open-functions.ts";
import { openKeys } from "./open-keys.ts";
import { openLogGroups } from "./open-log-groups.ts";
import { openMetricSink, openSqlFile } from "./open-metrics.ts";
import { openObjectTarget } from "./open-object-target.ts";
import { openStreams } from "./open-streams.ts";
import { openRoleAccess } from "./role-access.ts";
import { CatalogSchemas } from "./schema-tables.ts";
import type { ServiceContext } from "./service-context.ts";

/** Firehose on documents, logs and positions of its own below `<data>/firehose`. */
export async function startFirehose(context: ServiceContext): Promise<Service> {
  const { configuration, directory, master, clock, log, registry } = context;
  const keys = new KmsFirehoseKeys(await openKeys(context), master);
  const roles = await openRoleAccess(context);
  const places = await openObjectTarget(context);
  const encoders = await openEncoders(context);
  const functions = await openFunctions(context);
  const meter = new FirehoseMeter({ registry, sink: await openMetricSink(context), clock });
  const store = directory.store("firehose");
  const logs = new LogStore({
    dir: directory.folder("firehose/logs"),
    clock,
    log,
    defaults: { ...deliveryLogDefaults(configuration.durability), cipher: keys },
  });
  const positions = openSqlFile(context, "firehose", "positions.sqlite", positionSchema);
  const service = await createFirehose({
    ...{ clock, log, store, roles, places, encoders, functions, keys, meter, master },
    tables: new CatalogSchemas(() => openCatalog(context)),
    pipelines: new DeliveryPipelines({ logs, positions, clock, log }),
    streams: sourceStreams(context, roles),
    logs: errorLogSink(context),
    settings: { transitionMs: configuration.transitionMs, streamLimit: firehoseLimits.streamsPerRegion },
  });
  return {
    ...service,
    async close() {
      await service.close();
      await logs.close();
      positions.close();
      store.close();
    },
  };
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

/** CloudWatch Logs are opened by the first line. */
function errorLogSink(context: ServiceContext): LogSink {
  return {
    async write(account, region, group, stream, timeMs, message) {
      await (await openLogGroups(context)).write(account, region, group, stream, timeMs, message);
    },
  };
}
