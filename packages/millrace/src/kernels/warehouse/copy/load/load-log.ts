import type { ColumnRecord } from "../../catalog/records.ts";
import type { StatementContext } from "../../statements/statement-context.ts";
import type { LoadedFile, StatementEvent } from "../../system/event-logs.ts";
import type { LoadFailure } from "../load-failure.ts";
import { type SourceFile, uriText } from "../source/source-files.ts";
import { typeText } from "../values/column-reader.ts";
import type { LoadTarget } from "./load-target.ts";

/** Of a row's text, in STL_LOAD_ERRORS. */
const maxRawCharacters = 1_024;

/** Thrown when a load has as many errors as it may not have. */
export class TooManyErrors extends Error {
  override readonly name = "TooManyErrors";
}

export interface BadField {
  readonly column: ColumnRecord | undefined;
  /** In the line, in UTF-16 units. */
  readonly start: number;
  readonly text: string;
}

interface FileCounts {
  readonly file: SourceFile;
  readonly startedAtMs: number;
  lines: number;
  rows: number;
  errors: number;
}

/** What a COPY notes for the system tables: errors at once, files at its end. */
export class LoadLog {
  readonly #context: StatementContext;
  readonly #target: LoadTarget;
  readonly #errorLimit: number;
  readonly #format: string;
  readonly #source: string;
  readonly #files: FileCounts[] = [];
  #errors = 0;

  constructor(
    context: StatementContext,
    target: LoadTarget,
    load: { readonly errorLimit: number; readonly format: string; readonly source: string },
  ) {
    this.#context = context;
    this.#target = target;
    this.#errorLimit = load.errorLimit;
    this.#format = load.format;
    this.#source = load.source;
  }

  get errors(): number {
    return this.#errors;
  }

  begin(file: SourceFile): FileCounts {
    const counts = { file, startedAtMs: this.#context.host.clock.now(), lines: 0, rows: 0, errors: 0 };
    this.#files.push(counts);
    return counts;
  }

  /** Forgets files of an attempt that is made again in another way. */
  restart(): void {
    this.#files.length = 0;
  }

  /** @throws TooManyErrors */
  failed(
    counts: FileCounts,
    failure: LoadFailure,
    place: { readonly line: number; readonly raw: string },
    field: BadField | undefined,
  ): void {
    counts.errors++;
    this.#errors++;
    const type = field?.column === undefined ? undefined : typeText(field.column);
    const index = this.#files.indexOf(counts);
    this.#context.host.events.loadErrors.add({
      ...this.#event(),
      slice: this.#slice(index),
      tableOid: this.#target.record.oid,
      tableName: this.#target.record.name,
      fileName: uriText(counts.file),
      lineNumber: place.line,
      columnName: field?.column?.name ?? "",
      columnType: type?.name ?? "",
      columnLength: type?.length ?? "",
      position: field === undefined ? 0 : Buffer.byteLength(place.raw.slice(0, field.start)),
      rawLine: place.raw.slice(0, maxRawCharacters).toWellFormed(),
      rawFieldValue: (field?.text ?? "").slice(0, maxRawCharacters).toWellFormed(),
      errorCode: failure.code,
      errorMessage: failure.message,
    });
    if (this.#errors >= this.#errorLimit) throw new TooManyErrors();
  }

  /** @param committed whether the COPY came to its end */
  end(committed: boolean): void {
    const { record } = this.#target;
    for (const [index, { file, startedAtMs, lines, rows, errors }] of this.#files.entries()) {
      const entry: LoadedFile = {
        ...this.#event(),
        slice: this.#slice(index),
        tableOid: record.oid,
        tableName: record.name,
        bucket: file.bucket,
        fileName: uriText(file),
        fileFormat: this.#format,
        fileBytes: file.bytes,
        lines,
        rows,
        splits: 1,
        errors,
        startedAtMs,
        dataSource: this.#source,
        committed,
      };
      this.#context.host.events.loadedFiles.add(entry);
    }
  }

  /** Files go to the slices in turn. */
  #slice(index: number): number {
    return index % Math.max(1, this.#context.host.facts.slices);
  }

  #event(): StatementEvent {
    const { host, user, logged, transaction, processId, databaseRecord } = this.#context;
    return {
      atMs: host.clock.now(),
      userId: user.id,
      queryId: logged.queryId,
      transactionId: transaction.id,
      processId,
      sessionDatabase: databaseRecord.name,
    };
  }
}

export type { FileCounts };
