import { setImmediate as turn } from "node:timers/promises";
import type { Copy } from "../../../../sql/redshift/ast/copy.ts";
import { quoteString } from "../../engine/quote.ts";
import type { OpenedObject } from "../../objects-port.ts";
import { reading } from "../copy-errors.ts";
import type { LoadOptions } from "../copy-options.ts";
import { LoadFailure } from "../load-failure.ts";
import { plainBytes, storedBytes } from "../source/file-bytes.ts";
import { uriText } from "../source/source-files.ts";
import type { LoadParts } from "./exact-load.ts";
import { fastValue } from "./fast-values.ts";
import { insertSql } from "./load-target.ts";
import { SideQueries } from "./side-query.ts";
import { StagingFolder } from "./staging-folder.ts";
import { type ColumnFacts, type StructureRules, StructureScan } from "./structure-scan.ts";

/** Files that are open at a time. */
const maxFiles = 10_000;

/**
 * Lets the engine read files of lines, when it is beyond doubt that it loads what the exact reader would: first the
 * structure of the files is looked at, and whether the engine can take every value; only then are rows inserted.
 * @returns rows; undefined where the exact reader has to do it
 */
export async function fastLoad(copy: Copy, parts: LoadParts): Promise<number | undefined> {
  const { options, target, files, context } = parts;
  const rules = structureRules(copy, options, target.columns.length);
  if (rules === undefined || files.length > maxFiles) return undefined;
  // What needs the exact reader whatever the files hold need not be looked at.
  if (target.columns.some((column) => fastValue(column, "f", options, noFacts) === undefined))
    return undefined;
  await using folder = new StagingFolder(context.host.temporaryDirectory, `copy-${context.logged.queryId}`);
  const opened: OpenedObject[] = [];
  try {
    const paths: string[] = [];
    for (const file of files) {
      const path = await reading(`S3 key being read : ${uriText(file)}`, context.logged.queryId, async () => {
        const object = await parts.objects.open(file.bucket, file.key);
        opened.push(object);
        return object.path ?? (await folder.write(object.stream(), context.signal));
      });
      context.checkCancelled();
      paths.push(path);
    }
    return await loadPaths(parts, paths, rules);
  } finally {
    for (const object of opened) await object.close();
  }
}

async function loadPaths(
  parts: LoadParts,
  paths: readonly string[],
  rules: StructureRules,
): Promise<number | undefined> {
  const { context, target, options, log } = parts;
  const columns = target.columns.map(() => ({ ...noFacts }));
  const found = { columns, rows: 0, hasQuotes: false, hasQuotedNewlines: false };
  for (const [index, path] of paths.entries()) {
    const file = parts.files[index];
    const scan = await scanned(path, rules, parts);
    if (scan === undefined || file === undefined) return undefined;
    const counts = log.begin(file);
    counts.lines = scan.lines;
    counts.rows = scan.rows;
    found.rows += scan.rows;
    for (const [at, facts] of columns.entries()) add(facts, scan.columns[at] ?? noFacts);
    found.hasQuotes ||= scan.hasQuotes;
    found.hasQuotedNewlines ||= scan.hasQuotedNewlines;
  }
  // A file of headers alone has nothing that the engine could skip to.
  if (found.rows === 0) return undefined;
  const values = target.columns.flatMap(
    (column, at) => fastValue(column, `f${at}`, options, columns[at] ?? noFacts) ?? [],
  );
  const isGood = values.flatMap((value) => value.isGood ?? []).join(" AND ");
  const texts = values.map(() => "VARCHAR");
  if (
    isGood !== "" &&
    !(await isAllGood(isGood, sourceSql(paths, texts, rules, options, found), found.rows, parts))
  )
    return undefined;
  if (options.noLoad) return found.rows;
  const list = values.map(({ value }, index) => `${value} AS v${index}`).join(", ");
  const types = values.map(({ readAs }) => readAs);
  const source = sourceSql(paths, types, rules, options, found);
  context.checkCancelled();
  const inserted = await context.connection.change(insertSql(target, `SELECT ${list} FROM ${source}`));
  if (inserted !== found.rows) throw new Error(`COPY inserted ${inserted} of ${found.rows} rows`);
  return inserted;
}

/** What the engine cannot read, it cannot load; why, the exact reader says. */
async function isAllGood(
  isGood: string,
  source: string,
  rows: number,
  { context }: LoadParts,
): Promise<boolean> {
  await using queries = await SideQueries.open(context);
  try {
    const sql = `SELECT count(*), count(*) FILTER (WHERE NOT (${isGood})) FROM ${source}`;
    const [[read, bad] = []] = await queries.rows(sql);
    return Number(read) === rows && Number(bad) === 0;
  } catch {
    context.checkCancelled();
    return false;
  }
}

const noFacts: Readonly<ColumnFacts> = Object.freeze({ kinds: 0, maxBytes: 0, maxFraction: 0 });

function add(facts: ColumnFacts, more: ColumnFacts): void {
  facts.kinds |= more.kinds;
  facts.maxBytes = Math.max(facts.maxBytes, more.maxBytes);
  facts.maxFraction = Math.max(facts.maxFraction, more.maxFraction);
}

async function scanned(
  path: string,
  rules: StructureRules,
  { options, context }: LoadParts,
): Promise<StructureScan | undefined> {
  const scan = new StructureScan(rules);
  try {
    for await (const piece of plainBytes(storedBytes(path), options.compression)) {
      context.checkCancelled();
      if (!scan.read(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength))) return undefined;
      await turn();
    }
  } catch (error) {
    if (error instanceof LoadFailure) return undefined;
    throw error;
  }
  return scan.end() ? scan : undefined;
}

/** Undefined for formats and options of the exact reader. */
function structureRules({ format }: Copy, options: LoadOptions, columns: number): StructureRules | undefined {
  const isCsv = format.kind === "csv";
  if (!isCsv && format.kind !== "delimited") return undefined;
  const { delimiter, quote, compression, encoding, nullText } = options;
  if (options.escape || options.removeQuotes || encoding !== "utf8" || compression === "bzip2")
    return undefined;
  const [delimiterByte = 0, quoteByte = 0] = [delimiter.charCodeAt(0), quote.charCodeAt(0)];
  if (delimiter.length !== 1 || delimiterByte > 127 || quoteByte > 127) return undefined;
  if (/[\r\n\0]/.test(nullText)) return undefined;
  return {
    delimiter: delimiterByte,
    quote: isCsv ? quoteByte : undefined,
    columns,
    headerLines: options.headerLines,
    allowsTrailingDelimiter: !isCsv,
  };
}

/** The files as rows of fields `f0`, `f1`, ... Nothing is left to the engine to guess. */
function sourceSql(
  paths: readonly string[],
  types: readonly string[],
  { headerLines }: StructureRules,
  { delimiter, quote, compression }: LoadOptions,
  { hasQuotes, hasQuotedNewlines }: { readonly hasQuotes: boolean; readonly hasQuotedNewlines: boolean },
): string {
  const quoteText = quoteString(hasQuotes ? quote : "");
  const names = types.map((type, index) => `'f${index}': '${type}'`).join(", ");
  const texts = types.flatMap((type, index) => (type === "VARCHAR" ? [`'f${index}'`] : []));
  const settings = [
    `columns = {${names}}`,
    `delim = ${quoteString(delimiter)}`,
    `quote = ${quoteText}`,
    `escape = ${quoteText}`,
    // Texts are what they are, and none is NULL.
    "nullstr = ''",
    ...(texts.length === 0 ? [] : [`force_not_null = [${texts.join(", ")}]`]),
    `compression = '${compression}'`,
    `skip = ${headerLines}`,
    `parallel = ${!hasQuotedNewlines}`,
    "auto_detect = false, header = false, strict_mode = true, null_padding = false, ignore_errors = false",
  ];
  return `read_csv([${paths.map(quoteString).join(", ")}], ${settings.join(", ")})`;
}
