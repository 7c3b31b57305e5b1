import { createHash } from "node:crypto";
import { SerialTasks } from "../../../../core/serial-tasks.ts";
import { checkFormat } from "../../codecs/index.ts";
import type { Connector } from "../../connector-port.ts";
import { StagingDirectory } from "../filesystem/staging-directory.ts";
import type { ObjectsPort } from "../objects-port.ts";
import { redshiftSettings } from "./redshift-options.ts";
import { RedshiftSink } from "./redshift-sink.ts";
import type { WarehousePort } from "./warehouse-port.ts";

export interface RedshiftParts {
  readonly objects: ObjectsPort;
  readonly warehouse: WarehousePort;
  /** Where the sinks of a producer keep what waits for its checkpoint. */
  readonly stagingOf: (producer: string) => string;
}

/** Tables of Redshift, which rows are copied into. */
export function redshiftConnector({ objects, warehouse, stagingOf }: RedshiftParts): Connector {
  const loads = new SerialTasks();
  return {
    name: "redshift",
    metadata: {},
    checkSink(table) {
      redshiftSettings(table);
      checkFormat({ ...table, options: { ...table.options, format: "json" } }, "sink");
    },
    sinkEncoding: () => ({ format: "json", keys: undefined, leaveOut: [] }),
    async openSink(table, context) {
      const settings = redshiftSettings(table);
      const { producer, subtask } = context;
      const hash = createHash("sha256").update(producer).digest("hex").slice(0, 16);
      const bucket = await objects.open(settings.path.bucket, context);
      bucket.checkWritable(`${settings.path.prefix}${hash}`);
      return new RedshiftSink({
        ...{ settings, bucket, subtask, loads, producer: hash },
        warehouse: await warehouse.open(settings.target, context),
        staging: new StagingDirectory(stagingOf(producer), `${hash}-${subtask}`),
      });
    },
  };
}
