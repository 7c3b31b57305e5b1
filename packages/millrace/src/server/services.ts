import type { Service } from "../gateway/service.ts";
import type { ServiceContext } from "./service-context.ts";
import { startKinesis } from "./start-kinesis.ts";

/** How each service is built; `npm run new-service` adds lines here. */
export const serviceFactories: Readonly<Record<string, (context: ServiceContext) => Promise<Service>>> = {
  kinesis: startKinesis,
};

/** The services that Millrace has. */
export const serviceIds: readonly string[] = Object.keys(serviceFactories);
