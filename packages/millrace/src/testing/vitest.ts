import { createMillrace, type Millrace } from "../embedding/index.ts";
import { testEnvironment } from "./environment.ts";
import type { MillraceSetupOptions } from "./setup-options.ts";

export type { MillraceSetupOptions };

/** Starts, and answers what ends it. */
type GlobalSetup = () => Promise<() => Promise<void>>;

/**
 * A `globalSetup` of Vitest: one Millrace for the whole run, whose address and keys all workers have in their
 * environment.
 *
 *   import { millraceSetup } from "millrace/vitest";
 *   export default millraceSetup({ services: ["kinesis"] });
 */
export function millraceSetup({ ready, ...options }: MillraceSetupOptions = {}): GlobalSetup {
  return async () => {
    const millrace: Millrace = await createMillrace(options);
    try {
      // Workers are started after this, with the environment as it is then.
      Object.assign(process.env, testEnvironment(millrace));
      await ready?.(millrace);
    } catch (error) {
      await millrace.close();
      throw error;
    }
    return () => millrace.close();
  };
}

const setup: GlobalSetup = millraceSetup();

// biome-ignore lint/style/noDefaultExport: Vitest takes it: `globalSetup: "millrace/vitest"`.
export { setup as default };
