import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { role, TestCopy } from "../copy/test-copy.ts";

/** A warehouse with an S3 in a folder, whose bucket `b` takes what is unloaded below `out/`. */
export class TestUnload implements AsyncDisposable {
  readonly copy: TestCopy;

  private constructor(copy: TestCopy) {
    this.copy = copy;
  }

  static async start(): Promise<TestUnload> {
    const copy = await TestCopy.start();
    copy.objects.put("b", "made", "");
    return new TestUnload(copy);
  }

  run(sql: string): Promise<(string | null)[][]> {
    return this.copy.session.rows(sql);
  }

  /** Unloads; "no error", or SQLSTATE and message. */
  unload(query: string, options = "", prefix = "out/"): Promise<string> {
    const text = query.replaceAll("'", "''");
    return this.copy.session.error(`unload ('${text}') to 's3://b/${prefix}' ${role} ${options}`);
  }

  /** Keys below `out`, sorted. */
  keys(): readonly string[] {
    const root = join(this.copy.objects.folder, "b");
    const names = readdirSync(root, { recursive: true, encoding: "utf8" }).sort();
    return names.filter((name) => name.startsWith("out") && statSync(join(root, name)).isFile());
  }

  bytes(key: string): Buffer {
    return readFileSync(join(this.copy.objects.folder, "b", key));
  }

  text(key: string): string {
    return this.bytes(key).toString("utf8");
  }

  /** The texts of all files, one after another. */
  allText(): string {
    return this.keys()
      .map((key) => this.text(key))
      .join("");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.copy[Symbol.asyncDispose]();
  }
}
