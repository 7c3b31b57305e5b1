import { availableParallelism } from "node:os";
import type { Service } from "../gateway/service.ts";
import {
  createKinesisAnalyticsV2,
  kinesisAnalyticsV2Schema,
} from "../services/kinesis-analytics-v2/index.ts";
import { openAnalyticsDialect } from "./analytics-dialect.ts";
import { AnalyticsObjects } from "./analytics-objects.ts";
import { AnalyticsStreams } from "./analytics-streams.ts";
import { pagesPart } from "./application-pages.ts";
import { openFunctions } from "./open-functions.ts";
import { objectKeys } from "./open-keys.ts";
import { lazyLogSink } from "./open-log-groups.ts";
import { openMetricSink, openSqlFile } from "./open-metrics.ts";
import { openObjects } from "./open-objects.ts";
import { openStreaming } from "./open-streaming.ts";
import { openStreams } from "./open-streams.ts";
import { openRoleAccess } from "./role-access.ts";
import type { ServiceContext } from "./service-context.ts";

/** Managed Service for Apache Flink; the engine is loaded by the first program. */
export async function startKinesisAnalyticsV2(context: ServiceContext): Promise<Service> {
  const { clock, log, tokens, address, platform } = context;
  const file = openSqlFile(context, "kinesis-analytics-v2", "applications.sqlite", kinesisAnalyticsV2Schema);
  const roles = await openRoleAccess(context);
  const { service, pages } = createKinesisAnalyticsV2({
    ...{ clock, log, tokens, file, roles },
    metrics: await openMetricSink(context),
    logs: lazyLogSink(context),
    functions: await openFunctions(context),
    engine: () => openStreaming(context),
    flink: undefined,
    dialect: openAnalyticsDialect(),
    objects: new AnalyticsObjects({ objects: () => openObjects(context), keys: objectKeys(context), roles }),
    streams: new AnalyticsStreams(() => openStreams(context), roles),
    baseUrl: () => address.url(),
    settings: { maxWorkers: availableParallelism() },
  });
  await platform.part(pagesPart, async () => pages);
  return {
    ...service,
    async close() {
      await service.close();
      file.close();
    },
  };
}
