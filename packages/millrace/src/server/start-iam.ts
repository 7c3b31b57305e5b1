import type { Service } from "../gateway/service.ts";
import { createIam } from "../services/iam/index.ts";
import { openIdentities } from "./open-identities.ts";
import type { ServiceContext } from "./service-context.ts";

export async function startIam(context: ServiceContext): Promise<Service> {
  return createIam((await openIdentities(context)).state);
}
