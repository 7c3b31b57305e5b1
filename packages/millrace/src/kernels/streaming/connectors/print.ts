import type { Connector, Sink, SinkBlock, SinkContext } from "../connector-port.ts";
import { type KnownOptions, TableOptions } from "./table-options.ts";

const options: KnownOptions = { used: ["print-identifier"], ignored: ["standard-error", "sink."] };
const kindTexts = ["+I", "-U", "+U", "-D"] as const;
/** Lines of one round beyond which the others are counted only. */
const maxLines = 10_000;

/** Rows as lines of the application's log. */
export const printConnector: Connector = {
  name: "print",
  metadata: {},
  checkSink: (table) => new TableOptions(table).check("sink", options),
  sinkMode: () => "all",
  sinkEncoding: () => ({ format: "print", keys: undefined, leaveOut: [] }),
  openSink: async (table, context) => new PrintSink(new TableOptions(table).get("print-identifier"), context),
};

class PrintSink implements Sink {
  readonly guarantee = "at-least-once";
  readonly visibility = "prompt";
  readonly #prefix: string;
  readonly #context: SinkContext;

  constructor(identifier: string | undefined, context: SinkContext) {
    this.#prefix = identifier === undefined ? "" : `${identifier}> `;
    this.#context = context;
  }

  async write(_round: number, { bytes, starts, ends, kinds }: SinkBlock): Promise<void> {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const count = Math.min(starts.length, maxLines);
    for (let row = 0; row < count; row += 1) {
      const kind = kindTexts[kinds?.[row] ?? 0] ?? "+I";
      this.#context.log("info", `${this.#prefix}${kind}[${text.toString("utf8", starts[row], ends[row])}]`);
    }
    if (starts.length > count)
      this.#context.log("info", `${this.#prefix}and ${starts.length - count} more rows`);
  }

  async prepare(): Promise<string> {
    return "";
  }

  async commit(): Promise<void> {}

  async recover(): Promise<void> {}

  isTransient(): boolean {
    return false;
  }

  async close(): Promise<void> {}
}
