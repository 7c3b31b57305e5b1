import type { DatabaseSync, StatementSync } from "node:sqlite";
import { textAfterPrefix } from "../key-order.ts";
import type { ListOptions, ListPage, VersionListOptions, VersionListPage } from "../list-page.ts";
import type { ObjectVersion } from "../object-version.ts";
import { Page } from "./page.ts";
import { beforeAll, behindAll, type Position, type RowSource, Scan, startOf } from "./scan.ts";
import { readVersion, type VersionRow, versionColumns } from "./version-row.ts";
import { allRows, oneRow, prepareRows } from "./version-table.ts";

/** Old versions of one key that are read over before it is cheaper to seek the next key. */
const maxSkippedVersions = 16;

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
    const page = new Page<ObjectVersion>(options);
    const scan = new Scan(this.#rows(bucket, options.prefix ?? ""), startOf(options));
    for (let row = scan.next(); row !== undefined; row = scan.next()) {
      if (scan.isExhausted) return page.continued(scan.isFirstOfKey ? scan.previousKey : row[0]);
      if (!scan.isFirstOfKey) {
        if (scan.skipped > maxSkippedVersions) scan.seek({ key: row[0], order: behindAll });
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
    const page = new Page<ObjectVersion>(options);
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

  #rows(bucket: number, prefix: string): RowSource<VersionRow> {
    const end = prefix === "" ? undefined : textAfterPrefix(prefix);
    return (position, limit) =>
      end === undefined
        ? allRows(this.#from, [bucket, position.key, position.order, limit])
        : allRows(this.#between, [bucket, position.key, position.order, end, limit]);
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
    return { key: after, order: row?.[0] ?? beforeAll };
  }
}
