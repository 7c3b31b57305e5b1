import type { Connector } from "../connector-port.ts";
import { TableOptions } from "./table-options.ts";

/** Takes all rows and keeps none. */
export const blackholeConnector: Connector = {
  name: "blackhole",
  metadata: {},
  isInternal: true,
  sinkMode: () => "all",
  checkSink: (table) => new TableOptions(table).check("sink", { used: [], ignored: ["sink."] }),
};
