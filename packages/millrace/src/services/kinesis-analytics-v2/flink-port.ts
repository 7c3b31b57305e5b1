import type { ApplicationDocument } from "./applications/document.ts";

/**
 * An Apache Flink that runs the applications that the embedded engine cannot: jars and Python. Millrace comes
 * without one; where none is configured such applications can be created, and do not start.
 */
export interface FlinkEngine {
  /** Resolves once the job runs. @throws Error with what users should read */
  start(start: FlinkStart): Promise<FlinkJob>;
  resume(key: string, start: FlinkStart): Promise<FlinkJob>;
  job(key: string): FlinkJob | undefined;
  hasSnapshot(key: string, snapshot: string): Promise<boolean>;
  deleteSnapshot(key: string, snapshot: string): Promise<void>;
  forget(key: string): Promise<void>;
}

export interface FlinkStart {
  /** Names the job for ever. */
  readonly key: string;
  readonly application: ApplicationDocument;
  /** A jar, or an archive with Python code. */
  readonly code: Uint8Array;
  readonly parallelism: number;
  readonly restoreFrom: string | undefined;
  readonly allowNonRestoredState: boolean;
}

export interface FlinkJob {
  /** Of Flink's own dashboard. */
  readonly dashboardUrl: string;
  snapshot(name: string): Promise<void>;
  stop(how: { readonly snapshot: string | undefined }): Promise<void>;
}

/** Why code other than SQL does not start. */
export const noFlinkEngine: string =
  "The application's code is not SQL: a jar or Python code needs an Apache Flink, and none is configured. Millrace " +
  "itself runs Flink SQL: give the program as TextContent with the content type PLAINTEXT, or as an object that ends " +
  "in .sql, or as a zip archive with one .sql file at the top.";
