import type { ServiceModel } from "../model/service-model.ts";
import type { AuthFamily } from "./auth-failure.ts";

/** How a service words its authentication and authorization errors. */
export function familyOf(model: ServiceModel): AuthFamily {
  if (model.id === "s3") return "s3";
  switch (model.facts.protocol) {
    case "awsQuery":
      return "query";
    case "restJson1":
    case "restXml":
      return "rest";
    default:
      return "json";
  }
}
