import { setImmediate as turn } from "node:timers/promises";
import type { StatementObjects } from "../../objects-port.ts";
import type { StatementContext } from "../../statements/statement-context.ts";
import { reading } from "../copy-errors.ts";
import type { LoadOptions } from "../copy-options.ts";
import { readDocuments } from "../formats/avro-documents.ts";
import type { FileFormat } from "../formats/file-format.ts";
import type { RowSink } from "../formats/row-sink.ts";
import { LoadFailure } from "../load-failure.ts";
import { plainBytes } from "../source/file-bytes.ts";
import { type SourceFile, uriText } from "../source/source-files.ts";
import { textPieces } from "../source/text-pieces.ts";
import { type LoadLog, TooManyErrors } from "./load-log.ts";
import type { LoadTarget } from "./load-target.ts";
import { RowLoader } from "./row-loader.ts";
import { StagingTable } from "./staging-table.ts";

export interface LoadParts {
  readonly context: StatementContext;
  readonly objects: StatementObjects;
  readonly files: readonly SourceFile[];
  readonly target: LoadTarget;
  readonly options: LoadOptions;
  readonly format: FileFormat;
  readonly log: LoadLog;
}

/** Reads every value itself, so that each row that cannot be loaded is found and named. @returns rows */
export async function exactLoad(parts: LoadParts): Promise<number> {
  const { context, target, options } = parts;
  const staging = options.noLoad
    ? undefined
    : await StagingTable.create(context.connection, target, context.logged.queryId);
  let rows = 0;
  const taker: RowTaker = {
    add: (values) => {
      rows++;
      staging?.add(values);
    },
    step: async () => {
      context.checkCancelled();
      // The process has others to serve.
      await turn();
      await staging?.relieve();
    },
  };
  for (const file of parts.files) await loadFile(parts, file, taker);
  context.checkCancelled();
  return staging === undefined ? rows : staging.finish();
}

interface RowTaker {
  readonly add: (values: readonly (string | null)[]) => void;
  /** Called after each piece of a file. */
  readonly step: () => Promise<void>;
}

async function loadFile(parts: LoadParts, file: SourceFile, { add, step }: RowTaker): Promise<void> {
  const { context, log, format, options, target } = parts;
  const counts = log.begin(file);
  const loader = new RowLoader(
    {
      ...{ target, options, log, add },
      mapping: format.mapping,
      allowsTrailingDelimiter: format.allowsTrailingDelimiter,
    },
    counts,
  );
  await reading(`S3 key being read : ${uriText(file)}`, context.logged.queryId, async () => {
    const opened = await parts.objects.open(file.bucket, file.key);
    try {
      counts.lines = await readFile(parts, plainBytes(opened.stream(), options.compression), loader, step);
    } catch (error) {
      // A file that is damaged as a whole is more than an error of a row: nobody knows what is missing.
      if (!(error instanceof LoadFailure)) throw error;
      log.failed(counts, error, { line: 1, raw: "" }, undefined);
      throw new TooManyErrors();
    } finally {
      await opened.close();
    }
  });
}

/** @returns lines */
async function readFile(
  { format, options }: LoadParts,
  bytes: AsyncIterable<Uint8Array>,
  sink: RowSink,
  step: () => Promise<void>,
): Promise<number> {
  if (format.reader === undefined) return readDocuments(bytes, sink, step);
  const reader = format.reader(sink);
  for await (const text of textPieces(bytes, options.encoding)) {
    reader.read(text);
    await step();
  }
  reader.end();
  return reader.lines;
}
