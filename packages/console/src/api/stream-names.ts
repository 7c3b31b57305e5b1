import { allPages } from "./all-pages.ts";
import type { ServiceClients } from "./services.ts";

export function streamNames(kinesis: ServiceClients["kinesis"]): Promise<readonly string[]> {
  return allPages(async (NextToken) => {
    const output = await kinesis.listStreams({ NextToken });
    return { items: output.StreamNames, next: output.NextToken };
  });
}
