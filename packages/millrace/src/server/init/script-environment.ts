import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Undefined takes a variable away. */
export type ScriptEnvironment = Readonly<Record<string, string | undefined>>;

/** Keys that a script signs with. */
export interface ScriptCredentials {
  readonly accessKeyId: string;
  readonly secretKey: string;
  readonly sessionToken?: string;
}

/** LocalStack's scripts call the AWS CLI like this; where its package is installed, that one is found first. */
const awslocal = '#!/bin/sh\nexec aws "$@"\n';

/**
 * What a script finds in its environment. Before Millrace listens on a port of the system's choice, nobody knows
 * where it will be.
 */
export function scriptEnvironment(
  url: string | undefined,
  credentials: ScriptCredentials,
  scratch: string,
): ScriptEnvironment {
  mkdirSync(scratch, { recursive: true });
  writeFileSync(join(scratch, "awslocal"), awslocal, { mode: 0o755 });
  const { accessKeyId, secretKey, sessionToken } = credentials;
  return {
    PATH: [process.env["PATH"] ?? "", scratch].join(delimiter),
    ...(url !== undefined && placeOf(url)),
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretKey,
    // Whoever started Millrace may have been somebody in AWS itself.
    AWS_SESSION_TOKEN: sessionToken,
    AWS_PROFILE: undefined,
    AWS_DEFAULT_REGION: process.env["AWS_DEFAULT_REGION"] ?? "us-east-1",
    AWS_REGION: process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"] ?? "us-east-1",
  };
}

/** LocalStack's names beside the SDKs' own. */
function placeOf(url: string): Record<string, string> {
  const { hostname, port, host } = new URL(url);
  return {
    AWS_ENDPOINT_URL: url,
    LOCALSTACK_HOSTNAME: hostname,
    LOCALSTACK_HOST: host,
    EDGE_PORT: port,
  };
}
