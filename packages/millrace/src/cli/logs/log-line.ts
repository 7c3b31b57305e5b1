import type { LogItem } from "../../server/log-item.ts";
import type { CommandIo } from "../command-io.ts";
import { visible } from "../visible.ts";

/** `17:40:12.123 warn  message key=value` */
export function logLine({ at, level, message, fields }: LogItem, io: Pick<CommandIo, "style">): string {
  const time = new Date(at);
  const clock = `${time.toTimeString().slice(0, 8)}.${`${time.getMilliseconds()}`.padStart(3, "0")}`;
  const color = level === "error" ? "red" : level === "warn" ? "yellow" : "dim";
  const { err, ...others } = fields;
  const pairs = Object.entries(others).map(
    ([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  const reason = typeof err === "object" && err !== null && "message" in err ? [String(err.message)] : [];
  const extra = [...pairs, ...reason.filter((text) => !message.includes(text))].join(" ");
  const told = extra === "" ? "" : ` ${io.style("dim", visible(extra))}`;
  return `${io.style("dim", clock)} ${io.style(color, level.padEnd(5))} ${visible(message)}${told}`;
}
