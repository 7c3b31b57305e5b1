import type { KinesisAnalyticsV2 } from "@aws-sdk/client-kinesis-analytics-v2";
import { type StreamTable, streamTable } from "./stream-table.ts";

export interface Caller {
  readonly account: string;
  readonly region: string;
}

/** A table over a stream, from what the API finds in its newest records. */
export async function discoverTable(
  client: KinesisAnalyticsV2,
  { account, region }: Caller,
  stream: string,
  roleArn: string = `arn:aws:iam::${account}:role/console`,
): Promise<StreamTable> {
  const { InputSchema, RawInputRecords = [] } = await client.discoverInputSchema({
    ResourceARN: `arn:aws:kinesis:${region}:${account}:stream/${stream}`,
    ServiceExecutionRole: roleArn,
    InputStartingPositionConfiguration: { InputStartingPosition: "TRIM_HORIZON" },
  });
  return streamTable(stream, region, {
    format: InputSchema?.RecordFormat?.RecordFormatType === "CSV" ? "CSV" : "JSON",
    columns: (InputSchema?.RecordColumns ?? []).map(({ Name = "", SqlType = "" }) => ({
      name: Name,
      sqlType: SqlType,
    })),
    samples: RawInputRecords,
  });
}
