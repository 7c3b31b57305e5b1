/** For which account and region a client is. */
export interface AwsConfigOptions {
  /** Default: `us-east-1`. */
  readonly region?: string;
  /** 12 digits; where every key is taken (`auth: "trust"`) one can speak for any account. */
  readonly account?: string;
}

/** Fits the constructor of every client of the AWS SDK for JavaScript. */
export interface AwsConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Of S3's client: buckets are in paths, because no name server knows `bucket.127.0.0.1`. */
  readonly forcePathStyle: true;
}

export interface KeyPair {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export const defaultRegion = "us-east-1";

/** @param root the credential of a Millrace that verifies; undefined where every key is taken */
export function awsConfigOf(url: string, root: KeyPair | undefined, options: AwsConfigOptions): AwsConfig {
  const { region = defaultRegion, account } = options;
  if (account !== undefined && !/^\d{12}$/.test(account))
    throw new RangeError(`account ${JSON.stringify(account)} must be 12 digits`);
  if (account !== undefined && root !== undefined)
    throw new RangeError('with auth: "verify" a client speaks for the account of its credentials');
  const credentials = root ?? { accessKeyId: account ?? "test", secretAccessKey: "test" };
  return { endpoint: url, region, credentials, forcePathStyle: true };
}

/** The same as environment variables, which every AWS SDK and tool reads. */
export function environmentOf({
  endpoint,
  region,
  credentials,
}: AwsConfig): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    // Without it tools that find no key ask an address that does not answer outside EC2.
    AWS_EC2_METADATA_DISABLED: "true",
  };
}
