import type { LogOutput } from "../../server/log.ts";
import { logItemOf } from "../../server/log-item.ts";
import type { CommandIo } from "../command-io.ts";
import { logLine } from "./log-line.ts";

/** The log on a terminal, for a person; undefined elsewhere, where it is JSON for programs. */
export function logOutput(io: CommandIo): LogOutput | undefined {
  if (!io.isNoteTerminal) return undefined;
  const style = io.noteStyle.bind(io);
  return { write: (line) => io.note(logLine(logItemOf(line), { style })) };
}
