import { visible } from "../visible.ts";
import type { Style } from "./summary.ts";

/** What is shown of one request; the admin API's `requests` has more. */
export interface ShownRequest {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly service: string;
  readonly operation: string;
  readonly resource: string;
  readonly status: number;
  readonly code: string;
  readonly durationMs: number;
}

const minResourceColumns = 8;

/** `17:40:12  200  kinesis PutRecord  stream/flights  3 ms`, on one line. */
export function requestLine(request: ShownRequest, columns: number, io: Style): string {
  const { at, service, operation, status, code, durationMs } = request;
  const time = new Date(at).toTimeString().slice(0, 8);
  const outcome = code === "OK" ? "" : code;
  const took = `${durationMs < 10 ? durationMs.toFixed(1) : Math.round(durationMs)} ms`;
  const name = `${service} ${operation}`;
  const used =
    2 + time.length + 2 + 3 + 2 + name.length + 2 + took.length + (outcome === "" ? 0 : outcome.length + 2);
  const resource = shortResource(visible(request.resource), columns - used - 3);
  return [
    `  ${io.style("dim", time)}`,
    io.style(colorOf(status), `${status === 0 ? "---" : status}`),
    `${io.style("dim", service)} ${operation}`,
    ...(outcome === "" ? [] : [io.style(colorOf(status), outcome)]),
    ...(resource === "" ? [] : [io.style("dim", resource)]),
    io.style("dim", took),
  ].join("  ");
}

function colorOf(status: number): "green" | "yellow" | "red" | "dim" {
  if (status === 0) return "dim";
  return status < 400 ? "green" : status < 500 ? "yellow" : "red";
}

/** `stream/flights` of an ARN, as far as it fits. */
function shortResource(arn: string, columns: number): string {
  const name = arn.startsWith("arn:") ? arn.split(":").slice(5).join(":") : arn;
  if (columns < minResourceColumns) return "";
  return name.length <= columns ? name : `${name.slice(0, columns - 1)}…`;
}
