import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StreamingEngine } from "../kernels/streaming/engine-port.ts";
import { objectKeys } from "./open-keys.ts";
import { openObjectTarget } from "./open-object-target.ts";
import { openObjects } from "./open-objects.ts";
import { openRoleAccess } from "./role-access.ts";
import type { ServiceContext } from "./service-context.ts";
import { streamingCatalogs } from "./streaming-catalog.ts";
import { StreamingDelivery } from "./streaming-delivery.ts";
import { StreamingObjects } from "./streaming-objects.ts";
import { StreamingStreams } from "./streaming-streams.ts";
import { StreamingWarehouse } from "./streaming-warehouse.ts";
import { openTraffic } from "./topology/open-traffic.ts";

/** The engine of streaming queries, with its jobs below `<data>/streaming`; loaded by whoever runs the first. */
export function openStreaming(context: ServiceContext): Promise<StreamingEngine> {
  return context.platform.part("streaming", async ({ onClose }) => {
    const { createStreamingEngine } = await import("../kernels/streaming/index.ts");
    const { createConnectors } = await import("../kernels/streaming/connectors/index.ts");
    const { clock, directory } = context;
    const { isKept } = directory;
    const dir = isKept ? directory.folder("streaming") : mkdtempSync(join(tmpdir(), "millrace-streaming-"));
    if (!isKept) onClose(() => rmSync(dir, { recursive: true, force: true }));
    const engine = createStreamingEngine({
      ...{ directory: dir, clock, catalogs: streamingCatalogs(context) },
      connectors: createConnectors({
        clock,
        streams: new StreamingStreams(context),
        objects: streamingObjects(context),
        delivery: new StreamingDelivery(
          async () => (await (await import("./open-firehose.ts")).openFirehose(context)).intake,
          () => openRoleAccess(context),
        ),
        warehouse: new StreamingWarehouse(
          async () => (await import("./open-warehouse.ts")).openWarehouse(context),
          () => openRoleAccess(context),
          { log: await openTraffic(context), clock },
        ),
        // In the directory of the job, which a producer's name begins with, so that both go together.
        stagingOf: (producer) => join(dir, producer.split("/", 1)[0] ?? "", "staged"),
      }),
    });
    // Jobs go on from their checkpoints at the next start.
    onClose(() => engine.close());
    return engine;
  });
}

function streamingObjects(context: ServiceContext): StreamingObjects {
  return new StreamingObjects(async () => ({
    objects: await openObjects(context),
    target: await openObjectTarget(context),
    keys: objectKeys(context),
    roles: await openRoleAccess(context),
    clock: context.clock,
    traffic: await openTraffic(context),
  }));
}
