import { ConfigurationError } from "../../server/configuration.ts";

/** What to do about a start that failed, behind what happened. */
export function withAdvice(error: unknown): unknown {
  if (!(error instanceof ConfigurationError)) return error;
  const advice = adviceFor(error.message);
  if (advice === undefined) return error;
  const sentence = /[.!?]$/.test(error.message) ? error.message : `${error.message}.`;
  return new ConfigurationError(`${sentence} ${advice}`, { cause: error });
}

function adviceFor(message: string): string | undefined {
  if (message.includes("EADDRINUSE"))
    return '"millrace doctor" says who has the port; --port takes another, 0 a free one.';
  if (message.includes("EACCES") && message.includes("cannot listen"))
    return "Ports below 1024 need rights; take another with --port.";
  if (message.includes("is in use by another Millrace"))
    return '"millrace status" shows it; take another directory with --data.';
  return undefined;
}
