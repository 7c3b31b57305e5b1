import type { Clock } from "../../core/clock.ts";
import type { Functions } from "../../core/functions-port.ts";
import type { Logger } from "../../core/logger.ts";
import type { MasterKey } from "../../core/master-key.ts";
import type { RoleAccess } from "../../core/role-access.ts";
import type { Permission } from "../../gateway/service.ts";
import type { ConversionSchema, Encoders, ObjectTarget, StreamSource } from "../../kernels/delivery/index.ts";
import type { WarehousePort } from "./warehouse-port.ts";

export interface FirehoseSettings {
  /** How long CREATING, DELETING, ENABLING and DISABLING last. */
  readonly transitionMs: number;
  readonly streamLimit: number;
}

/** An account in a region: where names are looked up. */
export interface Owner {
  readonly account: string;
  readonly region: string;
}

/** The delivery stream for which something is done: `aws:SourceArn`, and whose keys and tables are meant. */
export interface OnBehalf extends Owner {
  readonly sourceArn: string;
}

/** Where objects are delivered. */
export interface ObjectPlaces extends ObjectTarget {
  hasBucket(name: string): boolean;
}

/** The catalog of tables whose columns say how records are converted. */
export interface SchemaTables {
  /** Before `columns` is asked for the first time. */
  open(): Promise<void>;
  /** Answered from what the catalog knows now. @throws SchemaTableError when there is no such table. */
  columns(schema: SchemaTable): ConversionSchema["columns"];
}

export interface SchemaTable {
  readonly catalogId: string;
  readonly region: string;
  readonly database: string;
  readonly table: string;
  /** A number, or `LATEST`. */
  readonly versionId: string;
}

/** What the catalog answers: the code is Glue's. */
export class SchemaTableError extends Error {
  override readonly name = "SchemaTableError";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** What Firehose needs of a key service, for records that wait for their delivery. */
export interface FirehoseKeys {
  /** Rejects with InvalidKMSResourceException when the key cannot be used. */
  check(keyArn: string, owner: Owner): Promise<void>;
  /** As `check`, at once: asked by each call that puts records into an encrypted stream. */
  checkNow(keyArn: string, owner: Owner): void;
  /** What a caller must be allowed to do so that Firehose may use the key; undefined when there is none. */
  permission(use: KeyGrantUse): Permission | undefined;
}

export interface KeyGrantUse {
  readonly keyArn: string;
  readonly owner: Owner;
  /** The account of whoever calls. */
  readonly caller: string;
}

/** Streams that delivery streams read from. */
export interface SourceStreams {
  /** Whether there is such a stream, and the role may read it, `shards()` of the answer tells. */
  open(
    streamArn: string,
    reader: { readonly roleArn: string; readonly sourceArn: string },
  ): Promise<StreamSource>;
}

/** What destinations are made of. */
export interface FirehoseParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly places: ObjectPlaces;
  readonly encoders: Encoders;
  readonly roles: RoleAccess;
  readonly tables: SchemaTables;
  readonly functions: Functions;
  /** What secrets of destinations are sealed under. */
  readonly master: MasterKey;
  /** Runs COPY for Amazon Redshift destinations; without one there are none. */
  readonly warehouse?: WarehousePort;
}
