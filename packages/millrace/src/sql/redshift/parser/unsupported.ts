import type { Unsupported } from "../ast/admin.ts";
import { skipToEnd } from "./shared-clauses.ts";
import type { TokenStream } from "./token-stream.ts";

/** A statement of Redshift that Millrace does not have; the rest of it is read over. */
export function unsupported(stream: TokenStream, start: number, feature: string): Unsupported {
  skipToEnd(stream);
  return {
    kind: "unsupported",
    feature,
    message: `${feature} is not supported`,
    span: stream.spanFrom(start),
  };
}

/** A statement of PostgreSQL that Redshift refuses in these words. */
export function refusedByRedshift(
  stream: TokenStream,
  start: number,
  feature: string,
  where: "" | " on Redshift tables",
): Unsupported {
  skipToEnd(stream);
  const span = stream.spanFrom(start);
  const message = `SQL command "${stream.slice(span.start, span.end)}" not supported${where}.`;
  return { kind: "unsupported", feature, message, span };
}
