import { type Arn, formatArn, parseArn, partitionOf } from "../../core/arn.ts";

export interface Owner {
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
}

export function keyArn({ account, region }: Owner, keyId: string): string {
  return arnOf({ account, region }, `key/${keyId}`);
}

/** @param name with its prefix: `alias/orders`. */
export function aliasArn({ account, region }: Owner, name: string): string {
  return arnOf({ account, region }, name);
}

function arnOf({ account, region }: Owner, resource: string): string {
  return formatArn({ partition: partitionOf(region), service: "kms", region, account, resource });
}

/** The parts of an ARN of KMS, or undefined when the text is something else. */
export function parseKmsArn(text: string): Arn | undefined {
  const arn = parseArn(text);
  return arn?.service === "kms" ? arn : undefined;
}

const keyIdForm = /^(mrk-[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;

/** Whether a text has the form of a key's id: a UUID, or `mrk-` and 32 hexadecimal digits. */
export function isKeyId(text: string): boolean {
  return keyIdForm.test(text);
}
