import type { ExternalScan, StatementEvent } from "../event-logs.ts";
import { type SystemRow, type SystemTable, systemTable } from "../system-table.ts";
import { microsBetween } from "./activity.ts";

const ownRows = { visibility: "own rows" } as const;

const scanColumns = `external_table_name bpchar(136), file_format bpchar(16), is_partitioned bpchar(1),
  is_rrscan bpchar(1), is_nested bpchar(1), s3_scanned_rows int8, s3_scanned_bytes int8,
  s3query_returned_rows int8, s3query_returned_bytes int8, files int4, files_max int4, files_avg int8,
  splits int4, splits_max int4, splits_avg int8, total_split_size int8, max_split_size int8, total_retries int4,
  max_retries int4, max_request_duration int4, avg_request_duration float8, max_request_parallelism int4,
  avg_request_parallelism float8`;

/** Splits, retries and the times of requests are not counted: NULL. */
function scanValues(scan: ExternalScan): SystemRow {
  return {
    external_table_name: `S3 Scan ${scan.schemaName}_${scan.tableName}`,
    file_format: scan.fileFormat,
    is_partitioned: scan.partitioned ? "t" : "f",
    is_rrscan: scan.filesSkipped > 0 ? "t" : "f",
    is_nested: "f",
    s3_scanned_rows: scan.scannedRows,
    s3_scanned_bytes: scan.scannedBytes,
    s3query_returned_rows: scan.returnedRows,
    s3query_returned_bytes: scan.returnedBytes,
    files: scan.files,
    files_max: scan.files,
    files_avg: scan.files,
  };
}

function placeValues(event: StatementEvent): SystemRow {
  return { userid: event.userId, query: event.queryId, segment: 0, step: 0 };
}

const onlyNode = { node: 0, slice: 0 } as const;

const scanTables: readonly SystemTable[] = [
  systemTable(
    "svl_s3query",
    `userid int4, query int4, segment int4, step int4, node int4, slice int4, starttime timestamp,
     endtime timestamp, elapsed int4, ${scanColumns}`,
    (view) =>
      [...view.logs.externalScans].map((scan) => ({
        ...placeValues(scan),
        ...onlyNode,
        starttime: scan.startedAtMs,
        endtime: scan.atMs,
        elapsed: microsBetween(scan.startedAtMs, scan.atMs),
        ...scanValues(scan),
      })),
    ownRows,
  ),
  systemTable(
    "svl_s3query_summary",
    `userid int4, query int4, xid int8, pid int4, segment int4, step int4, starttime timestamp, endtime timestamp,
     elapsed int4, aborted int4, ${scanColumns}, total_slowdown_count int4, max_slowdown_count int4`,
    (view) =>
      [...view.logs.externalScans].map((scan) => ({
        ...placeValues(scan),
        xid: scan.transactionId,
        pid: scan.processId,
        starttime: scan.startedAtMs,
        endtime: scan.atMs,
        elapsed: microsBetween(scan.startedAtMs, scan.atMs),
        aborted: scan.error === undefined ? 0 : 1,
        ...scanValues(scan),
      })),
    ownRows,
  ),
  systemTable(
    "svl_s3partition",
    `query int4, segment int4, node int4, slice int4, starttime timestamp, endtime timestamp, duration int8,
     total_partitions int4, qualified_partitions int4, assigned_partitions int4, assignment bpchar(1)`,
    (view) =>
      [...view.logs.externalScans]
        .filter((scan) => scan.partitioned)
        .filter((scan) => view.session.user.superuser || scan.userId === view.session.user.id)
        .map((scan) => ({
          query: scan.queryId,
          segment: 0,
          ...onlyNode,
          starttime: scan.startedAtMs,
          endtime: scan.atMs,
          duration: microsBetween(scan.startedAtMs, scan.atMs),
          total_partitions: scan.totalPartitions,
          qualified_partitions: scan.qualifiedPartitions,
          assigned_partitions: scan.qualifiedPartitions,
          assignment: "F",
        })),
  ),
  systemTable(
    "sys_external_query_detail",
    `user_id int4, query_id int8, transaction_id int8, child_query_sequence int4, segment_id int4,
     source_type bpchar(32), start_time timestamp, end_time timestamp, duration int8, total_partitions int8,
     qualified_partitions int8, scanned_files int8, returned_rows int8, returned_bytes int8, file_format text,
     file_location text, external_query_text text, warning_message bpchar(4000), table_name bpchar(136),
     is_recursive bpchar(1), is_nested bpchar(1), s3list_time int8, get_partition_time int8`,
    (view) =>
      [...view.logs.externalScans].map((scan) => ({
        user_id: scan.userId,
        query_id: scan.queryId,
        transaction_id: scan.transactionId,
        child_query_sequence: 0,
        segment_id: 0,
        source_type: "S3",
        start_time: scan.startedAtMs,
        end_time: scan.atMs,
        duration: microsBetween(scan.startedAtMs, scan.atMs),
        total_partitions: scan.totalPartitions,
        qualified_partitions: scan.qualifiedPartitions,
        scanned_files: scan.files,
        returned_rows: scan.returnedRows,
        returned_bytes: scan.returnedBytes,
        file_format: scan.fileFormat,
        file_location: scan.location,
        external_query_text: "",
        warning_message: scan.error ?? "",
        table_name: scan.tableName,
        is_recursive: "f",
        is_nested: "f",
      })),
    ownRows,
  ),
];

const requestTables: readonly SystemTable[] = [
  systemTable(
    "svl_s3log",
    `pid int4, query int4, segment int4, step int4, node int4, slice int4, eventtime timestamp,
     message bpchar(512)`,
    (view) =>
      [...view.logs.externalMessages]
        .filter((entry) => view.session.user.superuser || entry.userId === view.session.user.id)
        .map((entry) => ({
          pid: entry.processId,
          query: entry.queryId,
          segment: 0,
          step: 0,
          ...onlyNode,
          eventtime: entry.atMs,
          message: entry.message.slice(0, 512),
        })),
  ),
  systemTable(
    "stl_s3client",
    `userid int4, query int4, slice int4, recordtime timestamp, pid int4, http_method bpchar(64), bucket bpchar(64),
     key bpchar(256), transfer_size int8, data_size int8, start_time int8, end_time int8, transfer_time int8,
     compression_time int8, connect_time int8, app_connect_time int8, retries int8, request_id bpchar(32),
     extended_request_id bpchar(128), ip_address bpchar(64), is_partial int4, start_offset int8`,
    (view) =>
      [...view.logs.objectRequests].map((request) => ({
        userid: request.userId,
        query: request.queryId,
        slice: 0,
        recordtime: request.atMs,
        pid: request.processId,
        http_method: request.action === "LIST" ? "GET" : request.action,
        bucket: request.bucket,
        key: request.key,
        transfer_size: request.bytes,
        transfer_time: Math.round(request.durationMs * 1000),
        retries: 0,
        is_partial: 0,
        start_offset: 0,
      })),
    ownRows,
  ),
  systemTable(
    "stl_s3client_error",
    `userid int4, query int4, sliceid int4, recordtime timestamp, pid int4, http_method bpchar(64),
     bucket bpchar(64), key bpchar(256), error bpchar(1024), is_partial int4, start_offset int8`,
    (view) =>
      [...view.logs.objectRequests].flatMap((request) =>
        request.error === undefined
          ? []
          : [
              {
                userid: request.userId,
                query: request.queryId,
                sliceid: 0,
                recordtime: request.atMs,
                pid: request.processId,
                http_method: request.action === "LIST" ? "GET" : request.action,
                bucket: request.bucket,
                key: request.key,
                error: request.error.slice(0, 1024),
                is_partial: 0,
                start_offset: 0,
              },
            ],
      ),
    ownRows,
  ),
];

export const externalLogTables: readonly SystemTable[] = Object.freeze([...scanTables, ...requestTables]);
