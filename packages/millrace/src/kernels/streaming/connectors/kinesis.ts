import { createHash } from "node:crypto";
import type { Clock } from "../../../core/clock.ts";
import type { TableDefinition } from "../../../sql/flink/relation.ts";
import { checkFormat } from "../codecs/index.ts";
import type { Connector, SinkEncoding } from "../connector-port.ts";
import { checkKinesisSink, checkKinesisSource, partitionerOf, startOf, streamOf } from "./kinesis-options.ts";
import { KinesisSink } from "./kinesis-sink.ts";
import { KinesisSource } from "./kinesis-source.ts";
import type { StreamMetadata, StreamsPort } from "./streams-port.ts";
import { TableOptions } from "./table-options.ts";

export interface KinesisParts {
  readonly streams: StreamsPort;
  readonly clock: Clock;
}

const metadata = {
  timestamp: { type: "TIMESTAMP_LTZ(3) NOT NULL", isWritable: false },
  "sequence-number": { type: "VARCHAR(128) NOT NULL", isWritable: false },
  "shard-id": { type: "VARCHAR(128) NOT NULL", isWritable: false },
  "partition-key": { type: "VARCHAR(256) NOT NULL", isWritable: false },
} as const;

/** Data streams: `kinesis`, and under its old name `kinesis-legacy`. */
export function kinesisConnector(name: string, { streams, clock }: KinesisParts): Connector {
  return {
    name,
    metadata,
    checkSource(table) {
      checkKinesisSource(table);
      checkFormat(table, "source");
    },
    checkSink(table) {
      checkKinesisSink(table);
      checkFormat(table, "sink");
    },
    sinkEncoding: (table) => encodingOf(table),
    async openSource(table, context) {
      const options = new TableOptions(table);
      const reader = await streams.openReader(streamOf(options), context);
      return new KinesisSource(reader, startOf(options, context.startedMs), metadataOf(table));
    },
    async openSink(table, context) {
      const options = new TableOptions(table);
      const writer = await streams.openWriter(streamOf(options), context);
      const partitioner = partitionerOf(options, table.partitionKeys.length > 0);
      const { producer, subtask, signal } = context;
      const id = createHash("sha256").update(`${producer}\n${subtask}`).digest().subarray(0, 16);
      return new KinesisSink({ writer, clock, signal, partitioner, producer: id, subtask });
    },
  };
}

function encodingOf(table: TableDefinition): SinkEncoding {
  const format = table.options["format"] ?? "";
  if (table.partitionKeys.length === 0) return { format, keys: undefined, leaveOut: [] };
  const delimiter = table.options["sink.partitioner-field-delimiter"] ?? "|";
  return { format, keys: { kind: "delimited", columns: table.partitionKeys, delimiter }, leaveOut: [] };
}

/** What the table's metadata columns ask for. */
function metadataOf(table: TableDefinition): readonly StreamMetadata[] {
  const keys = table.columns.flatMap((column) => (column.kind === "metadata" ? [column.key] : []));
  return [...new Set(keys)].filter((key): key is StreamMetadata => key in metadata);
}
