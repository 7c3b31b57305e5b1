import type { Clock } from "../../../core/clock.ts";
import type { Connector } from "../connector-port.ts";
import { blackholeConnector } from "./blackhole.ts";
import { kinesisConnector } from "./kinesis.ts";
import { nexmarkConnector } from "./nexmark/nexmark.ts";
import { printConnector } from "./print.ts";
import { refusedConnectors } from "./refused.ts";
import type { StreamsPort } from "./streams-port.ts";

/** What of Millrace the connectors reach, as the server gives it. */
export interface ConnectorPorts {
  readonly clock: Clock;
  readonly streams: StreamsPort;
}

/** By the value of the option `connector`. */
export function createConnectors({ clock, streams }: ConnectorPorts): ReadonlyMap<string, Connector> {
  const connectors = [
    kinesisConnector("kinesis", { streams, clock }),
    kinesisConnector("kinesis-legacy", { streams, clock }),
    nexmarkConnector(clock),
    printConnector,
    blackholeConnector,
    ...refusedConnectors(),
  ];
  return new Map(connectors.map((connector) => [connector.name, connector]));
}
