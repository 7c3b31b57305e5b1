import { base64Of, givenMembers, maxShownBytes, snakeName, textOf } from "./members.ts";

/** What boto3 calls a service, where that is not AWS's id. */
const clients: Readonly<Record<string, string>> = { "kinesis-analytics-v2": "kinesisanalyticsv2" };

/** An AWS call as a program with boto3. */
export function pythonProgram(
  service: string,
  operation: string,
  input: object,
  { endpoint, region }: { readonly endpoint: string; readonly region: string },
): string {
  const members = givenMembers(input).map(([name, value]) => `    ${name}=${literal(value, "    ")},\n`);
  const given = members.length === 0 ? "" : `\n${members.join("")}`;
  return [
    "import boto3",
    "",
    `client = boto3.client("${clients[service] ?? service}", endpoint_url="${endpoint}", region_name="${region}")`,
    `print(client.${snakeName(operation)}(${given}))`,
  ].join("\n");
}

function literal(value: unknown, indent: string): string {
  if (value instanceof Uint8Array) return bytes(value);
  if (value instanceof Date) return `"${value.toISOString()}"`;
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object") return JSON.stringify(value);
  const inner = `${indent}    `;
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((item) => `${inner}${literal(item, inner)},\n`).join("")}${indent}]`;
  }
  const members = givenMembers(value);
  if (members.length === 0) return "{}";
  const lines = members.map(
    ([name, member]) => `${inner}${JSON.stringify(name)}: ${literal(member, inner)},\n`,
  );
  return `{\n${lines.join("")}${indent}}`;
}

function bytes(value: Uint8Array): string {
  if (value.length > maxShownBytes) return 'open("FILE", "rb")';
  const text = textOf(value);
  return text === undefined ? `base64.b64decode("${base64Of(value)}")` : `${JSON.stringify(text)}.encode()`;
}
