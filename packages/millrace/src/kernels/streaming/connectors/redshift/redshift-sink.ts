import { systemCode } from "../../../../core/errors.ts";
import type { SerialTasks } from "../../../../core/serial-tasks.ts";
import type { Sink, SinkBlock, SinkGuarantee } from "../../connector-port.ts";
import { StagedFiles } from "../filesystem/staged-files.ts";
import type { StagingDirectory } from "../filesystem/staging-directory.ts";
import { type BucketObjects, ObjectAccessError } from "../objects-port.ts";
import type { RedshiftSettings } from "./redshift-options.ts";
import { WarehouseAccessError, type WarehouseSession } from "./warehouse-port.ts";

export interface RedshiftSinkParts {
  readonly settings: RedshiftSettings;
  readonly bucket: BucketObjects;
  readonly warehouse: WarehouseSession;
  readonly staging: StagingDirectory;
  /** Letters and digits. */
  readonly producer: string;
  readonly subtask: number;
  /** Transactions on one table wait for each other: so do those of all sinks. */
  readonly loads: SerialTasks;
}

const maxFileBytes = 64 * 1024 * 1024;
const commitsTable = "public.millrace_streaming_commits";

interface Handle {
  readonly checkpoint: number;
  /** Names in the staging directory, with their bytes. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

/**
 * Rows into a table of Redshift, exactly once: they wait in local files until their checkpoint is durable, become
 * objects, and are copied in a transaction that also notes the checkpoint. One that is noted is not copied again.
 */
export class RedshiftSink implements Sink {
  readonly guarantee: SinkGuarantee = "exactly-once";
  readonly visibility = "staged";
  readonly #parts: RedshiftSinkParts;
  #files: StagedFiles;
  #pending: Handle["files"] = [];
  #lastRound = 0;

  constructor(parts: RedshiftSinkParts) {
    this.#parts = parts;
    this.#files = this.#stagedFiles(0);
  }

  async write(round: number, block: SinkBlock): Promise<void> {
    // A round that comes again is one whose rows could not be written out.
    if (round > this.#lastRound) this.#files.append(block);
    this.#lastRound = round;
    await this.#files.flush();
  }

  async prepare(checkpoint: number): Promise<string> {
    const sealed = await this.#files.seal();
    this.#pending = [...this.#pending, ...sealed.map(({ name, bytes }) => ({ name, bytes }))];
    const handle: Handle = { checkpoint, files: this.#pending };
    return JSON.stringify(handle);
  }

  async commit(text: string): Promise<void> {
    const { checkpoint, files } = JSON.parse(text) as Handle;
    const { staging, bucket } = this.#parts;
    const sizes = await Promise.all(files.map(({ name }) => staging.size(name)));
    // Files are removed once they are loaded: where one is missing all are.
    if (files.length > 0 && sizes.every((size, at) => size === files[at]?.bytes)) {
      const prefix = this.#stagedPrefix(checkpoint);
      for (const { name, bytes } of files)
        await bucket.put({
          ...{ key: `${prefix}${name}.json`, sizeBytes: bytes, contentType: "application/json" },
          body: staging.read(name),
        });
      await this.#parts.loads.run(() => this.#load(checkpoint, prefix));
      for (const { name } of files) await bucket.remove(`${prefix}${name}.json`);
    }
    for (const { name } of files) await staging.remove(name);
    const done = new Set(files.map(({ name }) => name));
    this.#pending = this.#pending.filter(({ name }) => !done.has(name));
  }

  async recover(text: string | undefined): Promise<void> {
    const { staging, loads } = this.#parts;
    const handle = text === undefined ? undefined : (JSON.parse(text) as Handle);
    const kept = new Set(handle?.files.map(({ name }) => name));
    for (const name of await staging.names()) if (!kept.has(name)) await staging.remove(name);
    this.#files = this.#stagedFiles(Math.max(-1, ...[...kept].map(Number)) + 1);
    this.#pending = handle?.files ?? [];
    this.#lastRound = 0;
    await loads.run(() => this.#begin());
    if (text !== undefined) await this.commit(text);
  }

  isTransient(error: unknown): boolean {
    const isKnown = error instanceof ObjectAccessError || error instanceof WarehouseAccessError;
    return isKnown || systemCode(error) === "ENOSPC";
  }

  async close(keep: boolean): Promise<void> {
    if (!keep) await this.#parts.staging.removeAll();
  }

  #stagedFiles(serial: number): StagedFiles {
    return new StagedFiles({ staging: this.#parts.staging, maxFileBytes }, serial);
  }

  #stagedPrefix(checkpoint: number): string {
    const { settings, producer, subtask } = this.#parts;
    return `${settings.path.prefix}${producer}-${subtask}-${checkpoint}/`;
  }

  /** A row for the checkpoints of this sink. */
  #begin(): Promise<void> {
    const { warehouse, settings, producer, subtask } = this.#parts;
    return warehouse.transaction(async (execute) => {
      await execute(
        `create table if not exists ${commitsTable} (producer varchar(64) not null, subtask int not null, checkpoint bigint not null)`,
      );
      const known = `producer = '${producer}' and subtask = ${subtask}`;
      await execute(
        `insert into ${commitsTable} select '${producer}', ${subtask}, -1 where not exists (select 1 from ${commitsTable} where ${known})`,
      );
      // A table or a column that is not there is an error of the start.
      await execute(`select ${settings.columns} from ${settings.table} where false`);
      return true;
    });
  }

  #load(checkpoint: number, prefix: string): Promise<void> {
    const { warehouse, settings, producer, subtask } = this.#parts;
    const { table, columns, path, iamRole } = settings;
    return warehouse.transaction(async (execute) => {
      const noted = await execute(
        `update ${commitsTable} set checkpoint = ${checkpoint} where producer = '${producer}' and subtask = ${subtask} and checkpoint < ${checkpoint}`,
      );
      if (noted !== 1) return false;
      await execute(
        `copy ${table} (${columns}) from 's3://${path.bucket}/${quoted(prefix)}' iam_role '${iamRole}' json 'auto ignorecase' timeformat 'auto' dateformat 'auto'`,
      );
      return true;
    });
  }
}

const quoted = (text: string): string => text.replaceAll("'", "''");
