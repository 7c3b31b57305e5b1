import type { Service } from "../gateway/service.ts";
import { createKms } from "../services/kms/index.ts";
import { openKeys } from "./open-keys.ts";
import type { ServiceContext } from "./service-context.ts";

export async function startKms(context: ServiceContext): Promise<Service> {
  const { state } = await openKeys(context);
  return createKms(state);
}
