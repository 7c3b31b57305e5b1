import type { DatabaseSync, StatementSync } from "node:sqlite";
import { textAfterPrefix } from "../key-order.ts";
import type { UploadListOptions, UploadListPage } from "../list-page.ts";
import type { Upload } from "../store-options.ts";
import { Page } from "./page.ts";
import { type Position, type RowSource, Scan, startOf } from "./scan.ts";
import { publicUpload, readUpload, sequenceOf } from "./upload-table.ts";
import { allRows, prepareRows } from "./version-table.ts";

type Row = readonly [key: string, sequence: number, document: string];

/** Pages of a bucket's uploads under way: keys ascending, the oldest of a key first. */
export class UploadListing {
  readonly #from: StatementSync;
  readonly #between: StatementSync;

  constructor(reader: DatabaseSync) {
    const select =
      "SELECT key, sequence, document FROM uploads WHERE bucket = ? AND (key, sequence) > (?, ?)";
    this.#from = prepareRows(reader, `${select} ORDER BY key, sequence LIMIT ?`);
    this.#between = prepareRows(reader, `${select} AND key < ? ORDER BY key, sequence LIMIT ?`);
  }

  list(bucket: number, options: UploadListOptions): UploadListPage {
    const page = new Page<Upload>(options);
    const scan = new Scan(this.#rows(bucket, options.prefix ?? ""), startOfUploads(options));
    let last: Upload | undefined;
    for (let row = scan.next(); row !== undefined; row = scan.next()) {
      if (page.isFull) return { ...page.continued(page.end), nextUploadId: last?.id };
      const common = page.commonPrefix(row[0]);
      if (common === undefined) {
        last = publicUpload(readUpload([bucket, row[1], row[2]]));
        page.add(last);
      } else {
        last = undefined;
        if (!scan.seekBehind(common)) break;
      }
    }
    return { ...page.last(), nextUploadId: undefined };
  }

  #rows(bucket: number, prefix: string): RowSource<Row> {
    const end = prefix === "" ? undefined : textAfterPrefix(prefix);
    return (position, limit) =>
      end === undefined
        ? allRows<Row>(this.#from, [bucket, position.key, position.order, limit])
        : allRows<Row>(this.#between, [bucket, position.key, position.order, end, limit]);
  }
}

/** An upload's id tells its place, so that a page can go on behind one that has ended meanwhile. */
function startOfUploads(options: UploadListOptions): Position {
  const start = startOf(options);
  const { after, afterUploadId } = options;
  if (after === undefined || afterUploadId === undefined || start.key !== after) return start;
  const sequence = sequenceOf(afterUploadId);
  return sequence === undefined ? start : { key: after, order: sequence };
}
