import type { ServiceModel } from "../model/service-model.ts";
import type { WireError } from "./wire-error.ts";

/** Services that moved on from the query protocol still tell its error code to clients that match on it. */
export function queryErrorHeader(model: ServiceModel | undefined, wire: WireError): Record<string, string> {
  if (model?.facts.queryCompatible !== true) return {};
  return { "x-amzn-query-error": `${wire.queryCode};${wire.fault}` };
}
