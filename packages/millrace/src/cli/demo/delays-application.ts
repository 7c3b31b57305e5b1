import { setTimeout as sleep } from "node:timers/promises";
import { until } from "../aws-call/until.ts";
import { type DemoParts, patienceMs } from "./demo-parts.ts";

/** One window: the flights that left an airport in an hour. */
export interface DelayWindow {
  readonly origin: string;
  /** `2001-01-01 08:00:00` */
  readonly hour_end: string;
  readonly flights: number;
  readonly delay: number;
}

/** What all windows say together. */
export interface WindowTotals {
  windows: number;
  flights: number;
  delayMinutes: number;
  /** The highest mean delay of those with enough flights to mean something. */
  worst: DelayWindow | undefined;
}

const watermarkMinutes = 1;
const minFlightsOfWorst = 20;
const pagePauseMs = 200;

function program({ aws, names }: DemoParts): string {
  const { region } = aws.connection;
  return `
CREATE TABLE flights (
  departed TIMESTAMP(3), origin STRING, delay INT,
  WATERMARK FOR departed AS departed - INTERVAL '${watermarkMinutes}' MINUTE
) WITH (
  'connector' = 'kinesis', 'stream' = '${names.flights}', 'aws.region' = '${region}',
  'scan.stream.initpos' = 'TRIM_HORIZON', 'format' = 'json', 'json.timestamp-format.standard' = 'SQL'
);
CREATE TABLE delays (origin STRING, hour_end TIMESTAMP(3), flights BIGINT, delay BIGINT)
WITH ('connector' = 'kinesis', 'stream' = '${names.delays}', 'aws.region' = '${region}', 'format' = 'json');
INSERT INTO delays
SELECT origin, window_end, COUNT(*), SUM(CAST(delay AS BIGINT))
FROM TABLE(TUMBLE(TABLE flights, DESCRIPTOR(departed), INTERVAL '1' HOUR))
GROUP BY origin, window_start, window_end;
`;
}

/** Starts the application that counts flights and delays an airport and hour, by the time of departure. */
export async function startApplication(parts: DemoParts): Promise<void> {
  const { aws, names, roleArn, signal } = parts;
  await aws.call("kinesis-analytics-v2", "CreateApplication", {
    ApplicationName: names.delays,
    RuntimeEnvironment: "FLINK-1_20",
    ServiceExecutionRole: roleArn,
    ApplicationConfiguration: {
      ApplicationCodeConfiguration: {
        CodeContentType: "PLAINTEXT",
        CodeContent: { TextContent: program(parts) },
      },
    },
  });
  await aws.call("kinesis-analytics-v2", "StartApplication", { ApplicationName: names.delays });
  await until(
    async () => {
      const { ApplicationDetail: detail } = await aws.call<{
        readonly ApplicationDetail: { readonly ApplicationStatus: string };
      }>("kinesis-analytics-v2", "DescribeApplication", { ApplicationName: names.delays });
      return detail.ApplicationStatus === "RUNNING" ? detail : undefined;
    },
    { what: `the application ${names.delays} is RUNNING`, timeoutMs: patienceMs, signal },
  );
}

/**
 * Until when the windows are closed once everything is read: a window ends when the slowest shard has come past its
 * end, and flights may come `watermarkMinutes` late. Answers `2001-06-30 23:00:00`.
 */
export function closedUntil(lastDepartures: readonly string[]): string {
  const earliest = lastDepartures.toSorted()[0];
  if (earliest === undefined) throw new Error("There are no flights.");
  const watermarkMs = Date.parse(`${earliest.replace(" ", "T")}Z`) - watermarkMinutes * 60_000;
  // A window's last instant is the millisecond before its end.
  const end = new Date(watermarkMs + 1);
  end.setUTCMinutes(0, 0, 0);
  return end.toISOString().slice(0, 19).replace("T", " ");
}

/** Reads the windows from their stream until they have `flights` flights, or until it takes too long. */
export async function readWindows(
  { aws, names, signal }: DemoParts,
  flights: number,
  onRead: (flights: number) => void,
): Promise<WindowTotals> {
  const totals: WindowTotals = { windows: 0, flights: 0, delayMinutes: 0, worst: undefined };
  const start = {
    StreamName: names.delays,
    ShardId: "shardId-000000000000",
    ShardIteratorType: "TRIM_HORIZON",
  };
  let { ShardIterator: iterator } = await aws.call<{ readonly ShardIterator: string }>(
    "kinesis",
    "GetShardIterator",
    start,
  );
  const endMs = performance.now() + patienceMs;
  while (totals.flights < flights && performance.now() < endMs) {
    const page = await aws.call<RecordsPage>(
      "kinesis",
      "GetRecords",
      { ShardIterator: iterator },
      { signal },
    );
    for (const { Data } of page.Records)
      add(totals, JSON.parse(Buffer.from(Data, "base64").toString()) as DelayWindow);
    iterator = page.NextShardIterator;
    onRead(totals.flights);
    if (page.Records.length === 0) await sleep(pagePauseMs, undefined, { signal });
  }
  return totals;
}

interface RecordsPage {
  readonly Records: readonly { readonly Data: string }[];
  readonly NextShardIterator: string;
}

function add(totals: WindowTotals, window: DelayWindow): void {
  totals.windows++;
  totals.flights += window.flights;
  totals.delayMinutes += window.delay;
  if (window.flights < minFlightsOfWorst) return;
  const { worst } = totals;
  if (worst === undefined || window.delay / window.flights > worst.delay / worst.flights)
    totals.worst = window;
}
