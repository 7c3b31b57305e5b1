import { EvaluationError } from "../../../sql/flink/functions/scalar-function.ts";
import type { TableDefinition } from "../../../sql/flink/relation.ts";
import { type Batch, RowKind } from "../batch.ts";
import type { SinkBlock } from "../connector-port.ts";
import type { RowWriter } from "./rows-port.ts";

/** A column that takes no NULL: its place in the batches. */
interface NotNullColumn {
  readonly place: number;
  readonly name: string;
}

/** Fails the job where NULL would go into a NOT NULL column, as Flink's `not-null-enforcer` does. */
export class NotNullWriter implements RowWriter {
  readonly #writer: RowWriter;
  readonly #columns: readonly NotNullColumn[];

  /** @returns the writer itself when the table takes NULL everywhere */
  static of(writer: RowWriter, table: TableDefinition, columns: readonly number[]): RowWriter {
    const strict = columns.flatMap((column, place): readonly NotNullColumn[] => {
      const field = table.columns[column]?.field;
      return field === undefined || field.type.nullable ? [] : [{ place, name: field.name }];
    });
    return strict.length === 0 ? writer : new NotNullWriter(writer, strict);
  }

  private constructor(writer: RowWriter, columns: readonly NotNullColumn[]) {
    this.#writer = writer;
    this.#columns = columns;
  }

  write(batch: Batch): void {
    for (const { place, name } of this.#columns) {
      const nulls = batch.columns[place]?.nulls;
      for (let row = 0; nulls !== undefined && row < batch.rowCount; row += 1) {
        const kind = batch.kinds?.[row] ?? RowKind.insert;
        if (nulls[row] !== 1 || kind === RowKind.delete) continue;
        throw new EvaluationError(
          `Column '${name}' is NOT NULL, however, a null value is being written into it; ` +
            "filter such rows out, or declare the column without NOT NULL",
        );
      }
    }
    this.#writer.write(batch);
  }

  take(watermark: number): SinkBlock | undefined {
    return this.#writer.take(watermark);
  }
}
