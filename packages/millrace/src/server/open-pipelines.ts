import {
  DeliveryPipelines,
  deliveryLimitsFor,
  deliveryLogDefaults,
  positionSchema,
} from "../kernels/delivery/index.ts";
import { LogStore, type SegmentCipher } from "../kernels/log/index.ts";
import { openSqlFile } from "./open-metrics.ts";
import type { ServiceContext } from "./service-context.ts";

interface PipelineFiles {
  /** Below the data directory: records that wait for their delivery. */
  readonly logs: string;
  /** Folder and name of what is known of their delivery. */
  readonly positions: readonly [folder: string, name: string];
  readonly cipher: SegmentCipher;
}

/** The delivery kernel on files of its own. */
export function openPipelines(
  context: ServiceContext,
  files: PipelineFiles,
): { readonly pipelines: DeliveryPipelines; close(): Promise<void> } {
  const { configuration, directory, clock, log } = context;
  const logs = new LogStore({
    dir: directory.folder(files.logs),
    clock,
    log,
    defaults: { ...deliveryLogDefaults(configuration.durability), cipher: files.cipher },
  });
  const positions = openSqlFile(context, ...files.positions, positionSchema);
  const limits = deliveryLimitsFor(configuration.durability);
  return {
    pipelines: new DeliveryPipelines({ logs, positions, clock, log, limits }),
    async close() {
      await logs.close();
      positions.close();
    },
  };
}
