import type { Connection, ConnectionType, PhysicalConnectionRequirements } from "@aws-sdk/client-glue";
import type { MasterKey } from "../../../core/master-key.ts";
import type { Owner } from "../document-table.ts";

/** Properties of a connection: some of them are secrets. */
export type Properties = Readonly<Record<string, string>>;

/** The properties of an input, whose type says that any may be undefined; the gateway has left those out. */
export function propertiesOf({
  ConnectionProperties,
}: {
  readonly ConnectionProperties: object;
}): Properties {
  return ConnectionProperties as Properties;
}

/** A connection as it is kept: what may hold a secret is sealed under the master key. */
export interface ConnectionDocument extends Owner {
  readonly name: string;
  readonly type: ConnectionType;
  readonly description?: string | undefined;
  readonly matchCriteria?: readonly string[] | undefined;
  readonly physical?: PhysicalConnectionRequirements | undefined;
  /** SealedProperties as JSON, sealed, in base64. */
  readonly sealed: string;
  readonly createdMs: number;
  readonly updatedMs: number;
  readonly updatedBy: string;
}

/** What of a connection may hold secrets. */
export interface SealedProperties {
  readonly connection: Properties;
  readonly spark?: Properties | undefined;
  readonly athena?: Properties | undefined;
  readonly python?: Properties | undefined;
}

const purpose = "glue connection";

export function sealProperties(master: MasterKey, properties: SealedProperties): string {
  return master.seal(purpose, Buffer.from(JSON.stringify(properties))).toString("base64");
}

export function openProperties(master: MasterKey, { sealed }: ConnectionDocument): SealedProperties {
  return JSON.parse(master.open(purpose, Buffer.from(sealed, "base64")).toString()) as SealedProperties;
}

/** A connection as clients see it, with the properties that they may see. */
export function connectionOf(document: ConnectionDocument, properties: SealedProperties): Connection {
  return {
    Name: document.name,
    Description: document.description,
    ConnectionType: document.type,
    MatchCriteria: document.matchCriteria === undefined ? undefined : [...document.matchCriteria],
    ConnectionProperties: { ...properties.connection },
    SparkProperties: properties.spark && { ...properties.spark },
    AthenaProperties: properties.athena && { ...properties.athena },
    PythonProperties: properties.python && { ...properties.python },
    PhysicalConnectionRequirements: document.physical,
    CreationTime: new Date(document.createdMs),
    LastUpdatedTime: new Date(document.updatedMs),
    LastUpdatedBy: document.updatedBy,
    Status: "READY",
    ConnectionSchemaVersion: 1,
  };
}
