import { encodeFooter, type FileAbout, magic, type PlacedRowGroup } from "./footer.ts";
import type { RowGroup } from "./row-group.ts";
import type { ParquetSchema } from "./schema.ts";

/**
 * A file from its row groups, wherever these were made. What it answers is to be written in order:
 * file := { magic; row groups; footer }
 */
export class ParquetFile {
  readonly #schema: ParquetSchema;
  readonly #about: FileAbout;
  readonly #rowGroups: PlacedRowGroup[] = [];
  #offset = 0;

  constructor(schema: ParquetSchema, about: FileAbout) {
    this.#schema = schema;
    this.#about = about;
  }

  get rowCount(): number {
    return this.#rowGroups.reduce((sum, placed) => sum + placed.rowGroup.rowCount, 0);
  }

  /** The bytes to write next. */
  add(rowGroup: RowGroup): readonly Uint8Array[] {
    const parts = this.#begin();
    const { bytes, rowCount, chunks } = rowGroup;
    // The bytes are not kept: only what the footer says about them.
    this.#rowGroups.push({ offset: this.#offset, rowGroup: { rowCount, chunks } });
    this.#offset += bytes.length;
    return [...parts, bytes];
  }

  /** The last bytes; of a file without row groups all of them. */
  finish(): readonly Uint8Array[] {
    return [...this.#begin(), encodeFooter(this.#schema, this.#rowGroups, this.#about)];
  }

  #begin(): readonly Uint8Array[] {
    if (this.#offset > 0) return [];
    this.#offset = magic.length;
    return [magic];
  }
}
