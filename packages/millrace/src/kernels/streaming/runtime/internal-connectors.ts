import type { InternalConnector } from "../connector-port.ts";

/** Connectors whose rows are made in the workers, by the value of the option `connector`; loaded when used. */
export function loadInternalConnector(name: string): Promise<InternalConnector> | undefined {
  switch (name) {
    default:
      return undefined;
  }
}
