/**
 * The first packet of a connection:
 *
 *   SSLRequest    => Int32 80877103
 *   GSSENCRequest => Int32 80877104
 *   CancelRequest => Int32 80877102, Int32 process, Int32 secret
 *   StartupMessage => Int16 major, Int16 minor, (String name, String value)*, Byte1 0
 */
export type StartUpPacket =
  | { readonly kind: "tls" }
  | { readonly kind: "gss" }
  | { readonly kind: "cancel"; readonly processId: number; readonly secretKey: number }
  | { readonly kind: "version"; readonly major: number; readonly minor: number }
  | { readonly kind: "start"; readonly parameters: ReadonlyMap<string, string> }
  | { readonly kind: "malformed" };

const cancelCode = 80_877_102;
const tlsCode = 80_877_103;
const gssCode = 80_877_104;
const version3 = 3 << 16;

export function readStartUp(body: Buffer): StartUpPacket {
  const code = body.readInt32BE(0);
  if (code === tlsCode) return { kind: "tls" };
  if (code === gssCode) return { kind: "gss" };
  if (code === cancelCode)
    return body.length === 12
      ? { kind: "cancel", processId: body.readInt32BE(4), secretKey: body.readInt32BE(8) }
      : { kind: "malformed" };
  if (code !== version3) return { kind: "version", major: body.readUInt16BE(0), minor: body.readUInt16BE(2) };
  const parameters = readParameters(body);
  return parameters === undefined ? { kind: "malformed" } : { kind: "start", parameters };
}

function readParameters(body: Buffer): ReadonlyMap<string, string> | undefined {
  // The pairs end with an empty name, which must be the packet's last byte.
  const texts = body.toString("utf8", 4).split("\0");
  if (texts.length < 2 || texts.at(-1) !== "" || texts.at(-2) !== "" || texts.length % 2 !== 0)
    return undefined;
  const parameters = new Map<string, string>();
  for (let at = 0; at + 2 < texts.length; at += 2) {
    const name = texts[at];
    if (name === undefined || name === "") return undefined;
    parameters.set(name, texts[at + 1] ?? "");
  }
  return parameters;
}

/** What a start-up message asks for, sorted. */
export interface StartUpRequest {
  /** Empty when the client gave none. */
  readonly user: string;
  readonly database: string;
  readonly applicationName: string;
  /** Which cluster behind a shared port: `options=--cluster=name`, or the parameter `cluster`. */
  readonly cluster: string | undefined;
  /** Of AWS's own drivers, which can do more than other clients. */
  readonly driverVersion: string | undefined;
  readonly protocolVersion: number | undefined;
  readonly replication: boolean;
  /** Set for logins with a token of an identity provider. */
  readonly identityProvider: string | undefined;
  readonly settings: ReadonlyMap<string, string>;
}

/** What AWS's drivers tell about themselves, and what is not a setting of a session. */
const notSettings: ReadonlySet<string> = new Set([
  ...["user", "database", "options", "replication", "application_name", "cluster"],
  ...["client_protocol_version", "driver_version", "os_version", "driver_discovery_version", "plugin_name"],
  ...["idp_type", "provider_name", "token_type", "identity_namespace", "idc_client_display_name"],
]);

export function sortStartUp(parameters: ReadonlyMap<string, string>): StartUpRequest {
  const options = readOptions(parameters.get("options") ?? "");
  const settings = new Map<string, string>();
  for (const [name, value] of [...options, ...parameters]) {
    // Protocol extensions (`_pq_.compression` of JDBC) are offers that a server may leave aside.
    if (!notSettings.has(name) && !name.startsWith("_pq_.")) settings.set(name, value);
  }
  const user = parameters.get("user") ?? "";
  const version = parameters.get("client_protocol_version");
  const replication = parameters.get("replication") ?? "false";
  return {
    user,
    database: parameters.get("database") || user,
    applicationName: parameters.get("application_name") ?? options.get("application_name") ?? "",
    cluster: parameters.get("cluster") ?? options.get("cluster"),
    driverVersion: parameters.get("driver_version"),
    protocolVersion: version !== undefined && /^\d{1,4}$/.test(version) ? Number(version) : undefined,
    replication: !["false", "off", "no", "0"].includes(replication.toLowerCase()),
    identityProvider: parameters.get("idp_type"),
    settings,
  };
}

/** `-c name=value`, `-cname=value`, `--name=value`; a backslash takes a space or itself into a value. */
function readOptions(text: string): ReadonlyMap<string, string> {
  const words = [...text.matchAll(/(?:\\.|[^\s\\])+/gs)].map((match) => match[0].replace(/\\(.)/gs, "$1"));
  const options = new Map<string, string>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    let assignment: string;
    if (word === "-c") assignment = words[++at] ?? "";
    else if (word.startsWith("--")) assignment = word.slice(2);
    else if (word.startsWith("-c")) assignment = word.slice(2);
    else continue;
    const equals = assignment.indexOf("=");
    if (equals > 0)
      options.set(assignment.slice(0, equals).replaceAll("-", "_"), assignment.slice(equals + 1));
  }
  return options;
}
