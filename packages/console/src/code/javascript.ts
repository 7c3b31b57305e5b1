import { base64Of, givenMembers, maxShownBytes, textOf } from "./members.ts";

/** What the SDK calls a client, where that is not AWS's id with a capital. */
const clients: Readonly<Record<string, readonly [string, string]>> = {
  cloudwatch: ["client-cloudwatch", "CloudWatch"],
  logs: ["client-cloudwatch-logs", "CloudWatchLogs"],
  dynamodb: ["client-dynamodb", "DynamoDB"],
  firehose: ["client-firehose", "Firehose"],
  glue: ["client-glue", "Glue"],
  iam: ["client-iam", "IAM"],
  kinesis: ["client-kinesis", "Kinesis"],
  "kinesis-analytics-v2": ["client-kinesis-analytics-v2", "KinesisAnalyticsV2"],
  kms: ["client-kms", "KMS"],
  redshift: ["client-redshift", "Redshift"],
  "redshift-data": ["client-redshift-data", "RedshiftData"],
  s3: ["client-s3", "S3"],
  sts: ["client-sts", "STS"],
};

/** An AWS call as a program with the AWS SDK for JavaScript. */
export function javascriptProgram(
  service: string,
  operation: string,
  input: object,
  { endpoint, region }: { readonly endpoint: string; readonly region: string },
): string {
  const [library, name] = clients[service] ?? [`client-${service}`, service];
  const pathStyle = service === "s3" ? ", forcePathStyle: true" : "";
  return [
    `import { ${name}Client, ${operation}Command } from "@aws-sdk/${library}";`,
    "",
    `const client = new ${name}Client({ endpoint: "${endpoint}", region: "${region}"${pathStyle} });`,
    `const answer = await client.send(new ${operation}Command(${literal(input, "")}));`,
    "console.log(answer);",
  ].join("\n");
}

function literal(value: unknown, indent: string): string {
  if (value instanceof Uint8Array) return bytes(value);
  if (value instanceof Date) return `new Date("${value.toISOString()}")`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((item) => `${inner}${literal(item, inner)},\n`).join("")}${indent}]`;
  }
  const members = givenMembers(value);
  if (members.length === 0) return "{}";
  const lines = members.map(
    ([name, member]) => `${inner}${propertyName(name)}: ${literal(member, inner)},\n`,
  );
  return `{\n${lines.join("")}${indent}}`;
}

function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

function bytes(value: Uint8Array): string {
  if (value.length > maxShownBytes) return 'await readFile("FILE")';
  const text = textOf(value);
  return text === undefined
    ? `Buffer.from("${base64Of(value)}", "base64")`
    : `Buffer.from(${JSON.stringify(text)})`;
}
