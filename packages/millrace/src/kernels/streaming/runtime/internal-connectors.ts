import type { InternalConnector } from "../connector-port.ts";

/** Connectors whose rows are made in the workers, by the value of the option `connector`; loaded when used. */
export function loadInternalConnector(name: string): Promise<InternalConnector> | undefined {
  switch (name) {
    case "datagen":
      return import("../connectors/datagen/datagen-rows.ts").then(({ datagenRows }) => datagenRows);
    case "nexmark":
      return import("../connectors/nexmark/nexmark-rows.ts").then(({ nexmarkRows }) => nexmarkRows);
    default:
      return undefined;
  }
}
