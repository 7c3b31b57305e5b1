import { type Logger as Pino, pino } from "pino";
import { Feed, type FeedItem } from "../core/feed.ts";
import type { LogLevel } from "./configuration.ts";

const maxLines = 2_000;
const maxLineChars = 8_192;

/** One line of the log, as it was written. */
export class LogLine implements FeedItem {
  n = 0;
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Where lines go: JSON, each with its line end. */
export interface LogOutput {
  write(line: string): unknown;
}

/** The newest lines of the log, beside where they are written to. */
export class LogLines {
  readonly feed: Feed<LogLine> = new Feed(maxLines);
  readonly #output: LogOutput;

  constructor(output: LogOutput) {
    this.#output = output;
  }

  /** What pino calls. */
  write(line: string): void {
    this.feed.add(new LogLine(line.length > maxLineChars ? line.slice(0, maxLineChars) : line));
    this.#output.write(line);
  }
}

/** JSON lines; on standard error if nobody else takes them: standard output belongs to the command line. */
export function startLog(
  level: LogLevel,
  output: LogOutput = pino.destination({ fd: 2, sync: false }),
): { readonly log: Pino; readonly lines: LogLines } {
  const lines = new LogLines(output);
  return { log: pino({ level, base: null }, lines), lines };
}
