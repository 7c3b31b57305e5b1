import type { TableDefinition } from "../../../sql/flink/relation.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { checkFormat } from "../codecs/index.ts";
import type { Connector } from "../connector-port.ts";
import type { DeliveryPort, DeliveryStreamName } from "./delivery-port.ts";
import { FirehoseSink } from "./firehose-sink.ts";
import { type KnownOptions, TableOptions } from "./table-options.ts";

const sinkOptions: KnownOptions = {
  used: ["delivery-stream", "aws.region", "aws.endpoint"],
  ignored: [
    ...["aws.credentials.", "aws.trust.all.certificates", "aws.http.protocol.version"],
    ...["aws.http.", "aws.http-client.", "sink."],
  ],
};

/** Delivery streams, which rows go into and never come from. */
export function firehoseConnector(delivery: DeliveryPort): Connector {
  return {
    name: "firehose",
    metadata: {},
    checkSource(table) {
      throw new SqlError(
        "0A000",
        `table ${table.path.join(".")}: Firehose is a destination; read its source stream or its S3 output`,
      );
    },
    checkSink(table) {
      const options = new TableOptions(table);
      options.check("sink", sinkOptions);
      streamOf(table, "");
      if (table.partitionKeys.length > 0)
        throw options.missing("PARTITIONED BY: delivery streams have their own dynamic partitioning");
      checkFormat(table, "sink");
    },
    async openSink(table, context) {
      return new FirehoseSink(await delivery.open(streamOf(table, context.region), context));
    },
  };
}

/** @param region unless the options name one */
function streamOf(table: TableDefinition, region: string): DeliveryStreamName {
  const options = new TableOptions(table);
  if (options.get("aws.endpoint") !== undefined)
    throw options.missing("option 'aws.endpoint': only delivery streams of this Millrace are written");
  return { name: options.required("delivery-stream"), region: options.get("aws.region") ?? region };
}
