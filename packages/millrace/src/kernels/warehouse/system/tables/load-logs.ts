import type { LoadError, LoadedFile, StatementEvent, UnloadedFile } from "../event-logs.ts";
import { type SystemRow, type SystemTable, systemTable } from "../system-table.ts";
import type { StatementFact, SystemView } from "../system-view.ts";
import { microsBetween } from "./activity.ts";

const ownRows = { visibility: "own rows" } as const;

const loadErrors: SystemTable = systemTable(
  "stl_load_errors",
  `userid int4, slice int4, tbl int4, starttime timestamp, session int4, query int4, filename bpchar(256),
   line_number int8, colname bpchar(127), type bpchar(10), col_length bpchar(10), position int4,
   raw_line bpchar(1024), raw_field_value bpchar(1024), err_code int4, err_reason bpchar(100), is_partial int4,
   start_offset int8, copy_job_id int8`,
  (view) =>
    [...view.logs.loadErrors].map((error) => ({
      userid: error.userId,
      slice: error.slice,
      tbl: error.tableOid,
      starttime: error.atMs,
      session: error.processId,
      query: error.queryId,
      filename: error.fileName,
      line_number: error.lineNumber,
      colname: error.columnName,
      type: error.columnType,
      col_length: error.columnLength,
      position: error.position,
      raw_line: error.rawLine.slice(0, 1024),
      raw_field_value: error.rawFieldValue.slice(0, 1024),
      err_code: error.errorCode,
      err_reason: error.errorMessage.slice(0, 100),
      is_partial: 0,
      start_offset: 0,
      copy_job_id: 0,
    })),
  ownRows,
);

const loadErrorDetail: SystemTable = systemTable(
  "sys_load_error_detail",
  `user_id int4, query_id int8, transaction_id int8, session_id int4, database_name bpchar(64), table_id int4,
   start_time timestamp, file_name bpchar(256), line_number int8, column_name bpchar(127), column_type bpchar(10),
   column_length bpchar(10), position int4, error_code int4, error_message bpchar(512)`,
  (view) =>
    [...view.logs.loadErrors].map((error: LoadError) => ({
      ...eventValues(error),
      table_id: error.tableOid,
      start_time: error.atMs,
      file_name: error.fileName,
      line_number: error.lineNumber,
      column_name: error.columnName,
      column_type: error.columnType,
      column_length: error.columnLength,
      position: error.position,
      error_code: error.errorCode,
      error_message: error.errorMessage.slice(0, 512),
    })),
  ownRows,
);

/** The columns that the SYS views have in common. */
function eventValues(event: StatementEvent): SystemRow {
  return {
    user_id: event.userId,
    query_id: event.queryId,
    transaction_id: event.transactionId,
    session_id: event.processId,
    database_name: event.sessionDatabase,
  };
}

const loadCommits: SystemTable = systemTable(
  "stl_load_commits",
  `userid int4, query int4, slice int4, name bpchar(256), filename bpchar(256), byte_offset int4, lines_scanned int4,
   errors int4, curtime timestamp, status int4, file_format bpchar(16), is_partial int4, start_offset int8,
   copy_job_id int8`,
  (view) =>
    [...view.logs.loadedFiles]
      .filter((file) => file.committed)
      .map((file) => ({
        userid: file.userId,
        query: file.queryId,
        slice: file.slice,
        name: "",
        filename: file.fileName,
        byte_offset: 0,
        lines_scanned: file.lines,
        errors: file.errors === 0 ? -1 : file.errors,
        curtime: file.atMs,
        status: 1,
        file_format: file.fileFormat,
        is_partial: 0,
        start_offset: 0,
        copy_job_id: 0,
      })),
  ownRows,
);

const fileScans: SystemTable = systemTable(
  "stl_file_scan",
  `userid int4, query int4, slice int4, name bpchar(90), lines int8, bytes int8, loadtime int8, curtime timestamp,
   is_partial int4, start_offset int8`,
  (view) =>
    [...view.logs.loadedFiles].map((file) => ({
      userid: file.userId,
      query: file.queryId,
      slice: file.slice,
      name: file.fileName.slice(0, 90),
      lines: file.lines,
      bytes: file.fileBytes,
      loadtime: microsBetween(file.startedAtMs, file.atMs),
      curtime: file.atMs,
      is_partial: 0,
      start_offset: 0,
    })),
  ownRows,
);

const loadDetail: SystemTable = systemTable(
  "sys_load_detail",
  `user_id int4, query_id int8, file_name bpchar(256), bytes_scanned int8, lines_scanned int4, record_time timestamp,
   splits_scanned int4, start_time timestamp, end_time timestamp`,
  (view) =>
    [...view.logs.loadedFiles].map((file) => ({
      user_id: file.userId,
      query_id: file.queryId,
      file_name: file.fileName,
      bytes_scanned: file.fileBytes,
      lines_scanned: file.lines,
      record_time: file.atMs,
      splits_scanned: file.splits,
      start_time: file.startedAtMs,
      end_time: file.atMs,
    })),
  ownRows,
);

const loadHistory: SystemTable = systemTable(
  "sys_load_history",
  `user_id int4, query_id int8, transaction_id int8, session_id int4, database_name text, status text,
   table_name text, start_time timestamp, end_time timestamp, duration int8, data_source text, file_format text,
   loaded_rows int8, loaded_bytes int8, source_file_count int4, source_file_bytes int8, file_count_scanned int4,
   file_bytes_scanned int8, error_count int8, copy_job_id int8`,
  (view) => {
    const statements = statementsById(view);
    return [...byQuery(view.logs.loadedFiles)].map(([queryId, files]) => {
      const [first] = files;
      const bytes = sum(files, (file) => file.fileBytes);
      return {
        ...commandValues(first, statements.get(queryId), files),
        table_name: first.tableName,
        data_source: first.dataSource,
        file_format: first.fileFormat,
        loaded_rows: first.committed ? sum(files, (file) => file.rows) : 0,
        loaded_bytes: first.committed ? bytes : 0,
        source_file_count: files.length,
        source_file_bytes: bytes,
        file_count_scanned: files.length,
        file_bytes_scanned: bytes,
        error_count: sum(files, (file) => file.errors),
        copy_job_id: 0,
      };
    });
  },
  ownRows,
);

const unloadLog: SystemTable = systemTable(
  "stl_unload_log",
  `userid int4, query int4, slice int4, pid int4, path bpchar(1280), start_time timestamp, end_time timestamp,
   line_count int8, transfer_size int8, file_format bpchar(10)`,
  (view) =>
    [...view.logs.unloadedFiles].map((file) => ({
      userid: file.userId,
      query: file.queryId,
      slice: file.slice,
      pid: file.processId,
      path: file.path,
      start_time: file.startedAtMs,
      end_time: file.atMs,
      line_count: file.rows,
      transfer_size: file.bytes,
      file_format: file.fileFormat,
    })),
  ownRows,
);

const unloadDetail: SystemTable = systemTable(
  "sys_unload_detail",
  `user_id int4, query_id int8, session_id int4, transaction_id int8, file_name bpchar(1280), start_time timestamp,
   end_time timestamp, line_count int8, transfer_size int8, file_format bpchar(10)`,
  (view) =>
    [...view.logs.unloadedFiles].map((file) => ({
      user_id: file.userId,
      query_id: file.queryId,
      session_id: file.processId,
      transaction_id: file.transactionId,
      file_name: file.path,
      start_time: file.startedAtMs,
      end_time: file.atMs,
      line_count: file.rows,
      transfer_size: file.bytes,
      file_format: file.fileFormat,
    })),
  ownRows,
);

const unloadHistory: SystemTable = systemTable(
  "sys_unload_history",
  `user_id int4, query_id int8, transaction_id int8, session_id int4, database_name text, status text,
   start_time timestamp, end_time timestamp, duration int8, file_format text, compression_type text,
   unloaded_location text, unloaded_rows int8, unloaded_files_count int8, unloaded_files_size int8,
   error_message text`,
  (view) => {
    const statements = statementsById(view);
    return [...byQuery(view.logs.unloadedFiles)].map(([queryId, files]) => {
      const [first] = files;
      return {
        ...commandValues(first, statements.get(queryId), files),
        file_format: first.fileFormat,
        compression_type: first.compression,
        unloaded_location: first.location,
        unloaded_rows: sum(files, (file) => file.rows),
        unloaded_files_count: files.length,
        unloaded_files_size: sum(files, (file) => file.bytes),
        error_message: statements.get(queryId)?.error?.message ?? "",
      };
    });
  },
  ownRows,
);

function statementsById(view: SystemView): ReadonlyMap<number, StatementFact> {
  return new Map([...view.statements()].map((statement) => [statement.queryId, statement]));
}

/** What COPY and UNLOAD say of themselves; the times are those of their files when the statement is forgotten. */
function commandValues(
  first: LoadedFile | UnloadedFile,
  statement: StatementFact | undefined,
  files: readonly (LoadedFile | UnloadedFile)[],
): SystemRow {
  const startedAtMs = statement?.startedAtMs ?? Math.min(...files.map((file) => file.startedAtMs));
  const isRunning = statement !== undefined && statement.endedAtMs === undefined;
  const endedAtMs = isRunning
    ? undefined
    : (statement?.endedAtMs ?? Math.max(...files.map((file) => file.atMs)));
  return {
    ...eventValues(first),
    status: isRunning ? "running" : statement?.error === undefined ? "completed" : "aborted",
    start_time: startedAtMs,
    end_time: endedAtMs ?? null,
    duration: endedAtMs === undefined ? null : microsBetween(startedAtMs, endedAtMs),
  };
}

function byQuery<T extends StatementEvent>(events: Iterable<T>): ReadonlyMap<number, readonly [T, ...T[]]> {
  const groups = new Map<number, [T, ...T[]]>();
  for (const event of events) {
    const group = groups.get(event.queryId);
    if (group === undefined) groups.set(event.queryId, [event]);
    else group.push(event);
  }
  return groups;
}

function sum<T>(entries: readonly T[], value: (entry: T) => number): number {
  return entries.reduce((total, entry) => total + value(entry), 0);
}

export const loadLogTables: readonly SystemTable[] = Object.freeze([
  loadErrors,
  loadErrorDetail,
  loadCommits,
  fileScans,
  loadDetail,
  loadHistory,
  unloadLog,
  unloadDetail,
  unloadHistory,
]);
