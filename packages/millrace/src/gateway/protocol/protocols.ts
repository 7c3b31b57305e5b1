import type { ProtocolName } from "../service.ts";
import { AwsJsonProtocol } from "./aws-json.ts";
import { AwsQueryProtocol } from "./aws-query.ts";
import { CborProtocol } from "./cbor.ts";
import type { Protocol } from "./protocol.ts";
import { RestJsonProtocol } from "./rest-json.ts";
import { RestXmlProtocol } from "./rest-xml.ts";

/** One of each protocol. Compiled readers and writers live in them, so a gateway keeps one set. */
export type Protocols = Readonly<Record<ProtocolName, Protocol>>;

export function createProtocols(): Protocols {
  return {
    awsJson1_0: new AwsJsonProtocol("awsJson1_0"),
    awsJson1_1: new AwsJsonProtocol("awsJson1_1"),
    awsCbor1_1: new CborProtocol("awsCbor1_1"),
    rpcv2Cbor: new CborProtocol("rpcv2Cbor"),
    awsQuery: new AwsQueryProtocol(),
    restJson1: new RestJsonProtocol(),
    restXml: new RestXmlProtocol(),
  };
}
