import type { Value } from "../../../../sql/flink/bound-expression.ts";
import { typeText } from "../../../../sql/flink/type-text.ts";
import type { FlinkType } from "../../../../sql/flink/types.ts";
import type { Batch } from "../../batch.ts";
import {
  clockText,
  DayText,
  dateText,
  decimalText,
  doubleText,
  floatText,
  shortFraction,
} from "../../expressions/index.ts";
import type { EncodedRows, Encoder, EncoderSpec } from "../codec.ts";
import { shortDecimal } from "../decimal-text.ts";
import { encodedColumns } from "../encoded-columns.ts";
import { FormatOptions } from "../format-options.ts";
import { TextRows } from "../text-rows.ts";
import { type CsvOptions, csvOptions } from "./csv-options.ts";

/** The text of a value that is not NULL, without quotes around it. */
type CsvText = (value: unknown) => string;

/** Rows as lines of CSV, without line ends. */
export class CsvEncoder implements Encoder {
  readonly #columns: readonly number[];
  readonly #texts: readonly CsvText[];
  readonly #mayNeedQuotes: readonly boolean[];
  readonly #options: CsvOptions;
  readonly #quoting: Quoting;

  constructor(spec: EncoderSpec) {
    this.#options = csvOptions(new FormatOptions(spec.table, "csv"));
    const fields = encodedColumns(spec);
    this.#columns = fields.map((field) => field.column);
    this.#texts = fields.map((field) => csvText(field.type, this.#options));
    this.#mayNeedQuotes = fields.map((field) => !isNumberText(field.type));
    this.#quoting = new Quoting(this.#options);
  }

  encode(batch: Batch): EncodedRows {
    const rows = new TextRows(batch.rowCount);
    const columns = this.#columns.map((column) => batch.columns[column]);
    const { delimiter, nullLiteral = "" } = this.#options;
    for (let row = 0; row < batch.rowCount; row += 1) {
      let text = "";
      for (let at = 0; at < columns.length; at += 1) {
        const column = columns[at];
        if (at > 0) text += delimiter;
        if (column === undefined || (column.nulls !== undefined && column.nulls[row] === 1)) {
          text += nullLiteral;
          continue;
        }
        const field = (this.#texts[at] as CsvText)(column.values[row]);
        text += this.#mayNeedQuotes[at] === true ? this.#quoting.quoted(field) : field;
      }
      rows.add(text);
    }
    return rows.finish();
  }
}

/** Longer texts are always quoted, as Jackson does, which Flink writes CSV with. */
const maxUnquoted = 24;

/** When and how a field is quoted. */
class Quoting {
  readonly #quote: string | undefined;
  readonly #escaping: string | undefined;
  /** Each character below it is a reason for quotes, as in Jackson. */
  readonly #minSafe: number;

  constructor({ delimiter, quote, escaping }: CsvOptions) {
    this.#quote = quote;
    this.#escaping = escaping;
    this.#minSafe = Math.max(delimiter.charCodeAt(0), quote?.charCodeAt(0) ?? 0, 13) + 1;
  }

  quoted(text: string): string {
    const quote = this.#quote;
    if (quote === undefined || !this.#needsQuotes(text)) return text;
    if (!text.includes(quote) && (this.#escaping === undefined || !text.includes(this.#escaping))) {
      return quote + text + quote;
    }
    const escaping = this.#escaping ?? quote;
    let inner = "";
    for (const character of text) {
      inner += character === quote || character === this.#escaping ? escaping + character : character;
    }
    return quote + inner + quote;
  }

  #needsQuotes(text: string): boolean {
    if (text.length > maxUnquoted) return true;
    const escaping = this.#escaping?.charCodeAt(0);
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code < this.#minSafe || code === escaping) return true;
    }
    return false;
  }
}

function isNumberText(type: FlinkType): boolean {
  return ["boolean", "tinyint", "smallint", "int", "bigint", "float", "double", "decimal"].includes(
    type.kind,
  );
}

const dayMs = 86_400_000;

function csvText(type: FlinkType, options: CsvOptions): CsvText {
  switch (type.kind) {
    case "boolean":
      return (value) => (value === 1 || value === true ? "true" : "false");
    case "tinyint":
    case "smallint":
    case "int":
    case "bigint":
    case "interval_months":
    case "interval_millis":
      return (value) => String(value);
    case "float":
      return (value) => floatText(value as number);
    case "double":
      return (value) => doubleText(value as number);
    case "decimal":
      return options.scientificDecimals
        ? (value) => shortDecimal(value as bigint, type.scale)
        : (value) => decimalText(value as bigint, type.scale);
    case "char":
    case "varchar":
      return (value) => value as string;
    case "binary":
    case "varbinary":
      return (value) => Buffer.from(value as Uint8Array).toString("base64");
    case "date":
      return (value) => dateText(value as number);
    case "time":
      return (value) => clockText(value as number) + shortFraction(value as number);
    case "timestamp":
    case "timestamp_ltz": {
      const end = type.kind === "timestamp_ltz" ? "Z" : "";
      const days = new DayText();
      return (value) => {
        const ms = value as number;
        const day = Math.floor(ms / dayMs);
        return `${days.of(day)} ${clockText(ms - day * dayMs)}${shortFraction(ms)}${end}`;
      };
    }
    default:
      return nestedText(type, options);
  }
}

function nestedText(type: FlinkType, options: CsvOptions): CsvText {
  const orNull = (text: CsvText) => (value: unknown) =>
    value === null || value === undefined ? (options.nullLiteral ?? "") : text(value);
  if (type.kind === "array") {
    const element = orNull(csvText(type.element, options));
    return (value) => (value as readonly Value[]).map(element).join(options.elementDelimiter);
  }
  if (type.kind === "row") {
    const fields = type.fields.map((field) => orNull(csvText(field.type, options)));
    return (value) =>
      fields.map((text, index) => text((value as readonly Value[])[index])).join(options.elementDelimiter);
  }
  throw new TypeError(`CSV has no ${typeText(type)}`);
}
