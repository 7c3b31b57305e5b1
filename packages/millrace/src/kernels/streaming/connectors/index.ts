import type { Clock } from "../../../core/clock.ts";
import type { Connector } from "../connector-port.ts";
import { blackholeConnector } from "./blackhole.ts";
import { datagenConnector } from "./datagen/datagen.ts";
import type { DeliveryPort } from "./delivery-port.ts";
import { filesystemConnector } from "./filesystem/filesystem.ts";
import { firehoseConnector } from "./firehose.ts";
import { kinesisConnector } from "./kinesis.ts";
import { nexmarkConnector } from "./nexmark/nexmark.ts";
import type { ObjectsPort } from "./objects-port.ts";
import { printConnector } from "./print.ts";
import { redshiftConnector } from "./redshift/redshift.ts";
import type { WarehousePort } from "./redshift/warehouse-port.ts";
import { refusedConnectors } from "./refused.ts";
import type { StreamsPort } from "./streams-port.ts";

/** What of Millrace the connectors reach, as the server gives it. */
export interface ConnectorPorts {
  readonly clock: Clock;
  readonly streams: StreamsPort;
  readonly objects: ObjectsPort;
  readonly delivery: DeliveryPort;
  readonly warehouse: WarehousePort;
  /** Where the sinks of a producer keep what waits for its checkpoint. */
  readonly stagingOf: (producer: string) => string;
}

/** By the value of the option `connector`. */
export function createConnectors(ports: ConnectorPorts): ReadonlyMap<string, Connector> {
  const { clock, streams } = ports;
  const connectors = [
    kinesisConnector("kinesis", { streams, clock }),
    kinesisConnector("kinesis-legacy", { streams, clock }),
    filesystemConnector(ports),
    firehoseConnector(ports.delivery),
    redshiftConnector(ports),
    datagenConnector(clock),
    nexmarkConnector(clock),
    printConnector,
    blackholeConnector,
    ...refusedConnectors(),
  ];
  return new Map(connectors.map((connector) => [connector.name, connector]));
}
