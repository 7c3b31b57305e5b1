import { readConfiguration } from "./server/configuration.ts";
import { type Millrace, startMillrace } from "./server/millrace.ts";

export { defineConfig, type MillraceConfig } from "./server/configuration/millrace-config.ts";
export { ConfigurationError } from "./server/configuration.ts";
export type { Millrace } from "./server/millrace.ts";

/** The flags of the command line by their names: `{ port: "0", durability: "memory" }`. */
export type MillraceOptions = Readonly<Record<string, string>>;

/**
 * Starts a Millrace in this process, on a free port unless one is given. Several can run side by side.
 * @throws ConfigurationError when an option is wrong or the port is taken.
 */
export function createMillrace(options: MillraceOptions = {}): Promise<Millrace> {
  const args = Object.entries({ port: "0", ...options }).map(([flag, value]) => `--${flag}=${value}`);
  return startMillrace(readConfiguration(args, {}));
}
