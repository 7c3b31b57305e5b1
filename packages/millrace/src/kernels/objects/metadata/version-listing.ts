import type { DatabaseSync, StatementSync } from "node:sqlite";
import { commonPrefixOf, textAfterPrefix } from "../key-order.ts";
import { maxPageItems, maxScannedRows } from "../limits.ts";
import type { ListOptions, ListPage, VersionListOptions, VersionListPage } from "../list-page.ts";
import type { ObjectVersion } from "../object-version.ts";
import { readVersion, type VersionRow, versionColumns } from "./version-row.ts";
import { allRows, oneRow, prepareRows } from "./version-table.ts";

/** Rows of the first read behind a seek; each further one doubles, as long as no seek comes between. */
const firstReadRows = 16;
/** Old versions of one key that are read over before it is cheaper to seek the next key. */
const maxSkippedVersions = 16;

/** Where to go on: behind the row (key, age), or at the first row of `key` when age is undefined. */
interface Position {
  readonly key: string;
  readonly age: number;
}

/** No age is smaller: behind it is every version of a key. */
const beforeAll = -Number.MAX_SAFE_INTEGER;
/** No age is greater: behind it is the next key. */
const behindAll: number = Number.MAX_SAFE_INTEGER;

/**
 * Pages of a bucket's versions. What a delimiter rolls up is not read: behind each common prefix the scan
 * seeks what comes after it.
 */
export class VersionListing {
  readonly #from: StatementSync;
  readonly #between: StatementSync;
  readonly #ageOf: StatementSync;
  readonly #nullAgeOf: StatementSync;

  constructor(reader: DatabaseSync) {
    const select = `SELECT ${versionColumns} FROM versions WHERE bucket = ? AND (key, age) > (?, ?)`;
    this.#from = prepareRows(reader, `${select} ORDER BY key, age LIMIT ?`);
    this.#between = prepareRows(reader, `${select} AND key < ? ORDER BY key, age LIMIT ?`);
    const age = "SELECT age FROM versions WHERE bucket = ? AND key = ? AND version_id";
    this.#ageOf = prepareRows(reader, `${age} = ? AND version_id <> 'null' LIMIT 1`);
    this.#nullAgeOf = prepareRows(reader, `${age} = 'null' ORDER BY age LIMIT 1`);
  }

  /** The latest version of each key, without delete markers. */
  current(name: string, bucket: number, options: ListOptions): ListPage<ObjectVersion> {
    const page = new Page(options);
    const scan = new Scan(this.#rows(bucket, options.prefix ?? ""), startOf(options));
    for (let row = scan.next(); row !== undefined; row = scan.next()) {
      if (scan.isExhausted) return page.continued(scan.isFirstOfKey ? scan.previousKey : row[0]);
      if (!scan.isFirstOfKey) {
        if (scan.skipped > maxSkippedVersions) scan.seek({ key: row[0], age: behindAll });
        continue;
      }
      if (row[3] === 1) continue;
      if (page.isFull) return page.continued(page.end);
      const common = page.commonPrefix(row[0]);
      if (common === undefined) page.add(readVersion(name, row, true));
      else if (!scan.seekBehind(common)) break;
    }
    return page.last();
  }

  /** All versions: keys ascending, the newest of a key first. */
  versions(name: string, bucket: number, options: VersionListOptions): VersionListPage {
    const page = new Page(options);
    const start = this.#startOfVersions(bucket, options);
    const scan = new Scan(this.#rows(bucket, options.prefix ?? ""), start);
    let last: ObjectVersion | undefined;
    for (let row = scan.next(); row !== undefined; row = scan.next()) {
      if (page.isFull) return { ...page.continued(page.end), nextVersionId: last?.versionId };
      const common = page.commonPrefix(row[0]);
      if (common === undefined) {
        last = readVersion(name, row, scan.isFirstOfKey);
        page.add(last);
      } else {
        last = undefined;
        if (!scan.seekBehind(common)) break;
      }
    }
    return { ...page.last(), nextVersionId: undefined };
  }

  #rows(bucket: number, prefix: string): RowSource {
    const end = prefix === "" ? undefined : textAfterPrefix(prefix);
    return (position, limit) =>
      end === undefined
        ? allRows(this.#from, [bucket, position.key, position.age, limit])
        : allRows(this.#between, [bucket, position.key, position.age, end, limit]);
  }

  #startOfVersions(bucket: number, options: VersionListOptions): Position {
    const { after, afterVersionId } = options;
    const start = startOf(options);
    if (after === undefined || afterVersionId === undefined || start.key !== after) return start;
    const row =
      afterVersionId === "null"
        ? oneRow<readonly [number]>(this.#nullAgeOf, [bucket, after])
        : oneRow<readonly [number]>(this.#ageOf, [bucket, after, afterVersionId]);
    // A version that was removed since the last page: rather show its neighbours again than leave any out.
    return { key: after, age: row?.[0] ?? beforeAll };
  }
}

/** A page can only begin behind a common prefix as a whole, and never before the prefix. */
function startOf(options: ListOptions): Position {
  const { prefix = "", delimiter = "", after } = options;
  const atPrefix = { key: prefix, age: beforeAll };
  if (after === undefined) return atPrefix;
  const common = commonPrefixOf(after, prefix, delimiter);
  if (common !== undefined) return { key: textAfterPrefix(common) ?? lastText, age: beforeAll };
  return Buffer.compare(Buffer.from(after), Buffer.from(prefix)) < 0
    ? atPrefix
    : { key: after, age: behindAll };
}

/** Behind every key: one code point more than any key may have. */
const lastText: string = "\u{10ffff}".repeat(257);

type RowSource = (position: Position, limit: number) => readonly VersionRow[];

/** Goes over rows in their order, in reads that grow, and jumps when told to. */
class Scan {
  readonly #rows: RowSource;
  #position: Position;
  #read: readonly VersionRow[] = [];
  #index = 0;
  #limit = firstReadRows;
  #scanned = 0;
  #isAtEnd = false;
  #key: string | undefined;
  previousKey: string | undefined;
  isFirstOfKey = false;
  /** Rows since the first one of this key. */
  skipped = 0;

  constructor(rows: RowSource, start: Position) {
    this.#rows = rows;
    this.#position = start;
    // Behind a version of a key comes no first one of it.
    if (start.age !== beforeAll && start.age !== behindAll) this.#key = start.key;
  }

  /** Looked at as many rows as one page may. */
  get isExhausted(): boolean {
    return this.#scanned > maxScannedRows;
  }

  next(): VersionRow | undefined {
    if (this.#index === this.#read.length && !this.#fill()) return undefined;
    const row = this.#read[this.#index++];
    if (row === undefined) return undefined;
    this.#scanned += 1;
    this.#position = { key: row[0], age: row[1] };
    this.isFirstOfKey = row[0] !== this.#key;
    this.skipped = this.isFirstOfKey ? 0 : this.skipped + 1;
    if (this.isFirstOfKey) this.previousKey = this.#key;
    this.#key = row[0];
    return row;
  }

  seek(position: Position): void {
    this.#position = position;
    this.#read = [];
    this.#index = 0;
    this.#limit = firstReadRows;
    this.#isAtEnd = false;
  }

  /** False when nothing can be behind it. */
  seekBehind(prefix: string): boolean {
    const key = textAfterPrefix(prefix);
    if (key !== undefined) this.seek({ key, age: beforeAll });
    return key !== undefined;
  }

  #fill(): boolean {
    if (this.#isAtEnd) return false;
    this.#read = this.#rows(this.#position, this.#limit);
    this.#index = 0;
    this.#isAtEnd = this.#read.length < this.#limit;
    this.#limit = Math.min(this.#limit * 2, maxPageItems);
    return this.#read.length > 0;
  }
}

/** Gathers a page. */
class Page {
  readonly #items: ObjectVersion[] = [];
  readonly #commonPrefixes: string[] = [];
  readonly #limit: number;
  readonly #prefix: string;
  readonly #delimiter: string;
  /** The key or common prefix that came last. */
  end: string | undefined;

  constructor({ limit, prefix = "", delimiter = "" }: ListOptions) {
    this.#limit = Math.min(limit, maxPageItems);
    this.#prefix = prefix;
    this.#delimiter = delimiter;
  }

  get isFull(): boolean {
    return this.#items.length + this.#commonPrefixes.length >= this.#limit;
  }

  add(version: ObjectVersion): void {
    this.#items.push(version);
    this.end = version.key;
  }

  /** Adds what the key is rolled up to, when it is. */
  commonPrefix(key: string): string | undefined {
    const common = commonPrefixOf(key, this.#prefix, this.#delimiter);
    if (common === undefined) return undefined;
    this.#commonPrefixes.push(common);
    this.end = common;
    return common;
  }

  /** More follows, behind `next`. */
  continued(next: string | undefined): ListPage<ObjectVersion> {
    return { items: this.#items, commonPrefixes: this.#commonPrefixes, next };
  }

  last(): ListPage<ObjectVersion> {
    return this.continued(undefined);
  }
}
