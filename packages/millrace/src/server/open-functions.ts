import type { Functions } from "../core/functions-port.ts";
import { ConfiguredFunctions } from "./configured-functions.ts";
import type { ServiceContext } from "./service-context.ts";

/** What stands for Lambda functions, by the configuration: modules and HTTP addresses. */
export function openFunctions(context: ServiceContext): Promise<Functions> {
  return context.platform.part("functions", async ({ onClose }) => {
    const { clock, log, configuration } = context;
    const functions = new ConfiguredFunctions({ clock, log, entries: configuration.functions });
    onClose(() => functions.close());
    return functions;
  });
}
