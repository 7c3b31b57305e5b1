import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestSession, TestWarehouse } from "../test-warehouse.ts";
import { FolderObjects } from "./test-objects.ts";

/** A warehouse with an S3 in a folder, and one session. */
export class TestCopy implements AsyncDisposable {
  readonly warehouse: TestWarehouse;
  readonly objects: FolderObjects;
  readonly session: TestSession;

  private constructor(warehouse: TestWarehouse, objects: FolderObjects, session: TestSession) {
    this.warehouse = warehouse;
    this.objects = objects;
    this.session = session;
  }

  static async start(): Promise<TestCopy> {
    const folder = mkdtempSync(join(tmpdir(), "millrace-copy-"));
    const objects = new FolderObjects(folder);
    const warehouse = await TestWarehouse.start(undefined, { objects, readableDirectories: [folder] });
    return new TestCopy(warehouse, objects, await warehouse.connect());
  }

  /** Puts a file and copies it into the table. @returns the error, or the table's rows */
  async copy(table: string, bytes: string | Uint8Array, options = ""): Promise<readonly string[] | string> {
    this.objects.put("b", "in/data", bytes);
    const error = await this.session.error(`copy ${table} from 's3://b/in/data' ${role} ${options}`);
    return error === "no error" ? this.rows(table.replace(/\s*\(.*/, "")) : error;
  }

  /** Rows as texts: `1|x|∅`. */
  async rows(table: string): Promise<readonly string[]> {
    const rows = await this.session.rows(`select * from ${table}`);
    return rows.map((row) => row.map((value) => value ?? "∅").join("|"));
  }

  /** Of the last COPY: `line column type(length) position code reason <value>` */
  async errors(): Promise<readonly string[]> {
    const rows = await this.session.rows(
      `select line_number, trim(colname), trim(type), trim(col_length), position, err_code, trim(err_reason), trim(raw_field_value)
       from stl_load_errors where query = pg_last_query_id() or query = (select max(query) from stl_load_errors) order by line_number`,
    );
    return rows.map(
      ([line, name, type, length, position, code, reason, value]) =>
        `${line} ${name} ${type}(${length}) ${position} ${code} ${reason} <${value}>`,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.session.session.close();
    await this.warehouse[Symbol.asyncDispose]();
    rmSync(this.objects.folder, { recursive: true, force: true });
  }
}

export const role = "iam_role 'arn:aws:iam::000000000000:role/load'";
