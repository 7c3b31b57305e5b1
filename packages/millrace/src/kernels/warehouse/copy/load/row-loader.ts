import { type JsonValue, jsonText } from "../../../../sql/redshift/functions/scripts/json-value.ts";
import type { LoadOptions } from "../copy-options.ts";
import type { DocumentMapping } from "../formats/json-mapping.ts";
import type { RowPlace, RowSink, TextField } from "../formats/row-sink.ts";
import { LoadFailure, loadCodes } from "../load-failure.ts";
import { ColumnReader } from "../values/column-reader.ts";
import type { FileCounts, LoadLog } from "./load-log.ts";
import type { LoadTarget } from "./load-target.ts";

export interface LoaderParts {
  readonly target: LoadTarget;
  readonly options: LoadOptions;
  readonly log: LoadLog;
  /** Undefined for formats of lines. */
  readonly mapping: DocumentMapping | undefined;
  /** A delimiter behind the last field of a line is none: what dbgen writes. */
  readonly allowsTrailingDelimiter: boolean;
  /** Takes a row that is good. */
  readonly add: (values: readonly (string | null)[]) => void;
}

/** Makes values of what the reader of a file finds, and notes what cannot be loaded. */
export class RowLoader implements RowSink {
  readonly #parts: LoaderParts;
  readonly #counts: FileCounts;
  readonly #readers: readonly ColumnReader[];

  constructor(parts: LoaderParts, counts: FileCounts) {
    this.#parts = parts;
    this.#counts = counts;
    this.#readers = parts.target.columns.map((column) => new ColumnReader(column, parts.options));
  }

  fields(place: RowPlace, fields: readonly TextField[]): void {
    const count = this.#readers.length;
    const tooMany = fields.length > count && !this.#isTrailing(fields);
    if (tooMany || (fields.length < count && !this.#parts.options.fillRecord)) {
      if (tooMany) this.#extra(place, fields[count]);
      else this.#tooFew(place, fields);
      return;
    }
    const values = new Array<string | null>(count);
    for (let index = 0; index < count; index++) {
      const field = fields[index];
      const reader = this.#readers[index] as ColumnReader;
      try {
        values[index] = field === undefined ? reader.missing() : reader.text(field.text, field.isNull);
      } catch (error) {
        this.#bad(error, place, index, field?.start ?? place.raw.length, field?.text ?? "");
        return;
      }
    }
    this.#counts.rows++;
    this.#parts.add(values);
  }

  document(place: RowPlace, document: JsonValue): void {
    const found = this.#parts.mapping?.(document) ?? [];
    const values = new Array<string | null>(this.#readers.length);
    for (let index = 0; index < values.length; index++) {
      const value = found[index];
      try {
        values[index] = (this.#readers[index] as ColumnReader).json(value);
      } catch (error) {
        const text = typeof value === "string" ? value : value === undefined ? "" : jsonText(value);
        this.#bad(error, place, index, 0, text);
        return;
      }
    }
    this.#counts.rows++;
    this.#parts.add(values);
  }

  failed(
    place: RowPlace,
    failure: LoadFailure,
    field?: { readonly index: number; readonly start: number; readonly text: string },
  ): void {
    const column = field === undefined ? undefined : this.#parts.target.columns[field.index];
    const bad = field === undefined ? undefined : { column, start: field.start, text: field.text };
    this.#parts.log.failed(this.#counts, failure, place, bad);
  }

  #isTrailing(fields: readonly TextField[]): boolean {
    const { allowsTrailingDelimiter, target } = this.#parts;
    return (
      allowsTrailingDelimiter && fields.length === target.columns.length + 1 && fields.at(-1)?.text === ""
    );
  }

  #extra(place: RowPlace, field: TextField | undefined): void {
    this.#parts.log.failed(
      this.#counts,
      new LoadFailure(loadCodes.extraColumns, "Extra column(s) found"),
      place,
      {
        column: undefined,
        start: field?.start ?? 0,
        text: field?.text ?? "",
      },
    );
  }

  #tooFew(place: RowPlace, fields: readonly TextField[]): void {
    const last = fields.at(-1);
    this.#parts.log.failed(this.#counts, new LoadFailure(loadCodes.delimiter, "Delimiter not found"), place, {
      column: this.#parts.target.columns[Math.max(0, fields.length - 1)],
      start: place.raw.length,
      text: last?.text ?? "",
    });
  }

  #bad(error: unknown, place: RowPlace, index: number, start: number, text: string): void {
    if (!(error instanceof LoadFailure)) throw error;
    this.#parts.log.failed(this.#counts, error, place, {
      column: this.#parts.target.columns[index],
      start,
      text,
    });
  }
}
