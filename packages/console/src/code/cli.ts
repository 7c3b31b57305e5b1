import { base64Of, cliName, givenMembers, maxShownBytes } from "./members.ts";

/** What the AWS CLI calls a service, where that is not AWS's id. */
const commands: Readonly<Record<string, string>> = {
  "kinesis-analytics-v2": "kinesisanalyticsv2",
  s3: "s3api",
};

/** An AWS call as a command of the AWS CLI 2, to be pasted into a shell. */
export function awsCommand(service: string, operation: string, input: object): string {
  const flags = givenMembers(input).map(([name, value]) => `--${cliName(name)}${flagValue(value)}`);
  return ["aws", commands[service] ?? service, cliName(operation), ...flags].join(" ");
}

/** A call of Millrace's own API, as a command of curl. */
export function curlCommand(
  endpoint: string,
  method: string,
  path: string,
  body: string | undefined,
): string {
  const url = quoted(`${endpoint}/_millrace/${path}`);
  const verb = method === "GET" ? "" : ` -X ${method}`;
  if (body === undefined) return `curl${verb} ${url}`;
  return body === "@file"
    ? `curl -X ${method} ${url} --data-binary @file`
    : `curl${verb} ${url} -d ${quoted(body)}`;
}

function flagValue(value: unknown): string {
  if (value === true) return "";
  if (typeof value === "number") return ` ${value}`;
  if (typeof value === "string") return ` ${quoted(value)}`;
  if (value instanceof Date) return ` ${value.toISOString()}`;
  if (value instanceof Uint8Array) return ` ${quoted(bytesOf(value))}`;
  return ` ${quoted(JSON.stringify(value, plain))}`;
}

function plain(_name: string, value: unknown): unknown {
  return value instanceof Uint8Array ? bytesOf(value) : value;
}

function bytesOf(bytes: Uint8Array): string {
  return bytes.length > maxShownBytes ? "fileb://FILE" : base64Of(bytes);
}

/** One word of a POSIX shell. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
