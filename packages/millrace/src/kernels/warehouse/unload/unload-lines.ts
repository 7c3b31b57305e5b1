import type { DuckDBDataChunk } from "@duckdb/node-api";
import type { StatementContext } from "../statements/statement-context.ts";
import { type TextStyle, ZoneOffsets } from "../values/index.ts";
import { demandComplete } from "./complete-read.ts";
import { partitionFolder } from "./file-names.ts";
import { LineFiles } from "./line-files.ts";
import { LineWriter } from "./line-writer.ts";
import type { WrittenFile } from "./output-file.ts";
import type { RowSource } from "./row-source.ts";
import type { UnloadColumns } from "./unload-columns.ts";
import type { UnloadSettings } from "./unload-options.ts";
import type { UnloadTarget } from "./unload-target.ts";

export interface UnloadJob {
  readonly context: StatementContext;
  readonly settings: UnloadSettings;
  readonly columns: UnloadColumns;
  readonly source: RowSource;
  readonly target: UnloadTarget;
  /** Files that are whole at S3, also when the UNLOAD fails. */
  readonly written: WrittenFile[];
}

/** Writes text, CSV and JSON while the query runs: what waits in memory is bounded. */
export async function unloadLines(job: UnloadJob): Promise<void> {
  const { context, settings, columns, target } = job;
  const writer = new LineWriter(columns.written, settings, styleOf(context));
  const files = new LineFiles({
    ...{ target, settings, header: writer.header, written: job.written },
    nowMs: () => context.host.clock.now(),
  });
  const sql = linesSql(job, writer);
  try {
    const result = await context.connection.stream(sql);
    const dealer = new RowDealer(job, files, writer);
    for (;;) {
      const chunk = await result.fetchChunk();
      context.checkCancelled();
      if (chunk === null || chunk.rowCount === 0) break;
      await dealer.deal(chunk);
    }
    await demandComplete(sql, context);
    await dealer.finish();
  } catch (error) {
    await files.abort(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}

/** The pieces of lines, and behind them slice and partitions. */
function linesSql({ source, columns }: UnloadJob, writer: LineWriter): string {
  const keys = [...(source.hasSlice ? ["slice"] : []), ...columns.partitions.map((_, i) => `p${i}`)];
  return `SELECT ${[...writer.sql, ...keys].join(", ")} FROM (${source.sql}) AS q(${source.names.join(", ")})`;
}

function styleOf({ settings }: StatementContext): TextStyle {
  return {
    zone: new ZoneOffsets(settings.get("timezone") ?? "UTC"),
    extraFloatDigits: settings.number("extra_float_digits"),
  };
}

/** Brings each row to the file of its folder and slice. */
class RowDealer {
  readonly #job: UnloadJob;
  readonly #files: LineFiles;
  readonly #writer: LineWriter;
  readonly #slices: number;
  #rows = 0;
  #slice = -1;
  #folder: string | undefined;

  constructor(job: UnloadJob, files: LineFiles, writer: LineWriter) {
    this.#job = job;
    this.#files = files;
    this.#writer = writer;
    this.#slices = job.settings.parallel ? job.context.host.facts.slices : 1;
  }

  async deal(chunk: DuckDBDataChunk): Promise<void> {
    const { source, columns } = this.#job;
    const vectors = Array.from({ length: chunk.columnCount }, (_, i) => chunk.getColumnVector(i));
    const sliceIndex = this.#writer.sql.length;
    const sliceVector = source.hasSlice ? vectors[sliceIndex] : undefined;
    for (let row = 0; row < chunk.rowCount; row++) {
      const slice = sliceVector === undefined ? this.#rows % this.#slices : Number(sliceVector.getItem(row));
      this.#rows++;
      if (columns.partitions.length > 0) {
        const values = columns.partitions.map((_, i) => {
          const value = vectors[sliceIndex + 1 + i]?.getItem(row);
          return typeof value === "string" ? value : null;
        });
        await this.#enter(values);
      }
      if (source.isOrdered && slice !== this.#slice) {
        await this.#files.end(this.#slice);
        this.#slice = slice;
      }
      const wait = this.#files.add(slice, this.#writer.line(vectors, row));
      if (wait !== undefined) await wait;
    }
  }

  /** Text and CSV have a file for each slice, even for one without rows, as on AWS. */
  async finish(): Promise<void> {
    const { settings, written } = this.#job;
    await this.#files.endAll();
    if (settings.partitionBy.length > 0 || settings.format === "json") return;
    const have = new Set(written.map(({ slice }) => slice));
    for (let slice = 0; slice < this.#slices; slice++) {
      if (have.has(slice)) continue;
      this.#files.begin(slice);
      await this.#files.end(slice);
    }
  }

  async #enter(values: readonly (string | null)[]): Promise<void> {
    const folder = partitionFolder(this.#job.settings.partitionBy, values);
    if (folder === this.#folder) return;
    this.#folder = folder;
    this.#slice = -1;
    await this.#files.enter(folder);
  }
}
