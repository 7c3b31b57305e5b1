import type { JsonValue } from "../../../../sql/redshift/functions/scripts/json-value.ts";
import type { LoadFailure } from "../load-failure.ts";

/** A field of a line of text. */
export interface TextField {
  readonly text: string;
  readonly isNull: boolean;
  /** In the line, in UTF-16 units. */
  readonly start: number;
}

/** A place in a file. */
export interface RowPlace {
  /** From 1; of the last line where a row has several. */
  readonly line: number;
  readonly raw: string;
}

/** Takes what a reader of a format finds. */
export interface RowSink {
  /** Any number of fields: the sink judges that. */
  fields(place: RowPlace, fields: readonly TextField[]): void;
  document(place: RowPlace, value: JsonValue): void;
  /** A line that is none. @param field where it went wrong, if that is known */
  failed(
    place: RowPlace,
    failure: LoadFailure,
    field?: { readonly index: number; readonly start: number; readonly text: string },
  ): void;
}

/** Reads the text of one file, in pieces. */
export interface TextReader {
  read(text: string): void;
  end(): void;
  /** Lines seen so far. */
  readonly lines: number;
}

/** AWS's limit of one row. A line that is longer is an error. */
export const maxRowBytes: number = 4 * 1024 * 1024;
