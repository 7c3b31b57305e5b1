import { createRequire } from "node:module";
import type { ModelFile, ServiceFacts } from "../../packages/millrace/src/gateway/model/model-file.ts";
import { SchemaReader } from "./sdk-schema.ts";
import { botocoreVersion, type FactsService } from "./services.ts";

/** What the installed client says; the constraints are added by `withConstraints`. */
export type SdkModel = Pick<ModelFile, "service" | "operations" | "shapes">;

interface ClientConfig {
  readonly serviceId: string;
  readonly defaultSigningName: string;
  readonly apiVersion: string;
  readonly protocol: { readonly constructor: { readonly name: string } };
  readonly protocolSettings: Readonly<Record<string, unknown>>;
}

type ClientClass = new (options: object) => { readonly config: ClientConfig };

const protocolNames: Readonly<Record<string, ServiceFacts["protocol"]>> = {
  AwsJson1_0Protocol: "awsJson1_0",
  AwsJson1_1Protocol: "awsJson1_1",
  AwsQueryProtocol: "awsQuery",
  AwsRestJsonProtocol: "restJson1",
  S3RestXmlProtocol: "restXml",
  AwsSmithyRpcV2CborProtocol: "rpcv2Cbor",
};

/** The exports of an installed client package. */
export function loadClient(service: FactsService): Readonly<Record<string, unknown>> {
  const require = createRequire(new URL("../../packages/millrace/package.json", import.meta.url));
  return require(`@aws-sdk/${service.client}`) as Record<string, unknown>;
}

/** The protocols that a client can be told to speak instead of its own. */
export function loadProtocols(service: FactsService): Readonly<Record<string, unknown>> {
  const require = createRequire(new URL("../../packages/millrace/package.json", import.meta.url));
  const fromClient = createRequire(require.resolve(`@aws-sdk/${service.client}`));
  return fromClient("@aws-sdk/core/protocols") as Record<string, unknown>;
}

/** Reads the schemas of an installed client package. */
export function sdkModel(service: FactsService): SdkModel {
  const client = loadClient(service);
  const reader = new SchemaReader();
  for (const [name, value] of Object.entries(client).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!name.endsWith("$") || !Array.isArray(value)) continue;
    if (value[0] === 9) reader.operation(value);
    else if (value[1] !== undefined && !String(value[1]).startsWith("smithy.ts.sdk.synthetic"))
      reader.target(value);
  }
  return {
    service: serviceFacts(service, client),
    operations: sorted(reader.operations),
    shapes: sorted(reader.shapes),
  };
}

function serviceFacts(service: FactsService, client: Readonly<Record<string, unknown>>): ServiceFacts {
  const name = Object.keys(client).find((key) => key.endsWith("Client") && !key.startsWith("_"));
  const Client = client[name ?? ""] as ClientClass;
  const credentials = { accessKeyId: "none", secretAccessKey: "none" };
  const config = new Client({ region: "us-east-1", credentials }).config;
  const settings = config.protocolSettings;
  const protocol = protocolNames[config.protocol.constructor.name];
  if (protocol === undefined)
    throw new Error(`${service.id}: unknown protocol ${config.protocol.constructor.name}`);
  return {
    id: service.id,
    sdkId: config.serviceId,
    namespace: String(settings["defaultNamespace"]),
    apiVersion: config.apiVersion,
    signingName: config.defaultSigningName,
    protocol,
    targetPrefix: String(settings["serviceTarget"]),
    ...(typeof settings["xmlNamespace"] === "string" ? { xmlNamespace: settings["xmlNamespace"] } : {}),
    ...(settings["awsQueryCompatible"] === true ? { queryCompatible: true as const } : {}),
    sdk: `@aws-sdk/${service.client}@${installedVersion(service)}`,
    botocore: botocoreVersion,
  };
}

function installedVersion(service: FactsService): string {
  const require = createRequire(new URL("../../packages/millrace/package.json", import.meta.url));
  return (require(`@aws-sdk/${service.client}/package.json`) as { version: string }).version;
}

export function sorted<T>(table: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1)));
}
