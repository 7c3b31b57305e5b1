import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildJava } from "../../fixtures/java-program.ts";

const readyLine = /^listening on (\d+)$/m;
const startTimeoutMs = 120_000;

/** An OpenSearch of one node, as its own libraries make it; can be stopped and started on the same data. */
export class OpenSearchNode {
  readonly #classPath: string;
  readonly #folder: string;
  #child: ChildProcess | undefined;
  #port = 0;

  private constructor(classPath: string, folder: string) {
    this.#classPath = classPath;
    this.#folder = folder;
  }

  static async start(): Promise<OpenSearchNode> {
    const classPath = await buildJava(import.meta.dirname, "opensearch");
    const node = new OpenSearchNode(classPath, await mkdtemp(join(tmpdir(), "millrace-opensearch-")));
    await node.start();
    return node;
  }

  /** The same after a restart. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    const program = ["-Xms256m", "-Xmx512m", "-cp", this.#classPath, "probe.OpenSearchNode"];
    const child = spawn("java", [...program, this.#folder, String(this.#port)], {
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.#child = child;
    let printed = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
    this.#port = await new Promise<number>((resolve, reject) => {
      const fail = (what: string): void => reject(new Error(`OpenSearch ${what}\n${printed}`));
      const timer = setTimeout(() => {
        child.kill("SIGKILL");
        fail(`was not ready in ${startTimeoutMs} ms`);
      }, startTimeoutMs);
      child.stdout?.setEncoding("utf8").on("data", (text: string) => {
        printed += text;
        const port = readyLine.exec(printed)?.[1];
        if (port === undefined) return;
        clearTimeout(timer);
        resolve(Number(port));
      });
      child.once("close", (code, signal) => {
        clearTimeout(timer);
        fail(`ended before it was ready, with ${code ?? signal}`);
      });
    });
  }

  /** Ends it; what it has acknowledged stays. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, "close");
    child.stdin?.end();
    await closed;
  }

  async dispose(): Promise<void> {
    await this.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Documents of an index by id; none while there is no such index, or its shards are being started. */
  async documents(index: string): Promise<ReadonlyMap<string, unknown>> {
    await fetch(`${this.url}/${index}/_refresh`, { method: "POST" });
    const answer = await fetch(`${this.url}/${index}/_search?size=10000`);
    if (answer.status !== 200) return new Map();
    const { hits } = (await answer.json()) as { hits: { hits: { _id: string; _source: unknown }[] } };
    return new Map(hits.hits.map(({ _id, _source }) => [_id, _source]));
  }
}
