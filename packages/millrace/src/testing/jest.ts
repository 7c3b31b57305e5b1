import { createMillrace, type Millrace } from "../embedding/index.ts";
import { testEnvironment } from "./environment.ts";
import type { MillraceSetupOptions } from "./setup-options.ts";

export type { MillraceSetupOptions };

/** Where the teardown, a module of its own, finds what the setup has started. */
const place = Symbol.for("millrace.jest");

type Holder = typeof globalThis & { [place]?: Millrace | undefined };

/**
 * A `globalSetup` of Jest: one Millrace for the whole run, whose address and keys all workers have in their
 * environment. It goes with `globalTeardown: "millrace/jest/teardown"`.
 */
export function millraceSetup({ ready, ...options }: MillraceSetupOptions = {}): () => Promise<void> {
  return async () => {
    const millrace = await createMillrace(options);
    try {
      // Workers are started after this, with the environment as it is then.
      Object.assign(process.env, testEnvironment(millrace));
      await ready?.(millrace);
    } catch (error) {
      await millrace.close();
      throw error;
    }
    (globalThis as Holder)[place] = millrace;
  };
}

/** Ends what the setup has started. */
export async function millraceTeardown(): Promise<void> {
  const holder = globalThis as Holder;
  const millrace = holder[place];
  holder[place] = undefined;
  await millrace?.close();
}

const setup: () => Promise<void> = millraceSetup();

// biome-ignore lint/style/noDefaultExport: Jest takes it: `globalSetup: "millrace/jest"`.
export { setup as default };
