import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

export interface KclWorkerOptions {
  readonly classPath: string;
  readonly url: string;
  readonly stream: string;
  readonly application: string;
  readonly name: string;
  readonly retrieval: "polling" | "fan-out";
}

/** A KCL application in a Java process of its own; what it prints is what it has processed. */
export class KclWorker {
  /** Data of the records processed, in order, by shard. */
  readonly records: Map<string, string[]> = new Map();
  /** Shards whose end was seen. */
  readonly ended: Set<string> = new Set();
  readonly #child: ChildProcess;
  #rest = "";
  #stderr = "";

  constructor({ classPath, url, stream, application, name, retrieval }: KclWorkerOptions) {
    const program = ["-Xmx512m", "-cp", classPath, "kcl.Consumer"];
    this.#child = spawn("java", [...program, url, stream, application, name, retrieval], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child.stdout?.setEncoding("utf8").on("data", (text: string) => this.#take(text));
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-20_000);
    });
  }

  /** The end of what it logged, for the message of a failed test. */
  get log(): string {
    return this.#stderr;
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Pulls the plug: leases are not given back. */
  async kill(): Promise<void> {
    if (!this.isRunning) return;
    const closed = once(this.#child, "close");
    this.#child.kill("SIGKILL");
    await closed;
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) {
      const [kind, shard = "", data = ""] = line.split(" ");
      if (kind === "ended") this.ended.add(shard);
      if (kind !== "record") continue;
      const records = this.records.get(shard) ?? [];
      records.push(data);
      this.records.set(shard, records);
    }
  }
}
