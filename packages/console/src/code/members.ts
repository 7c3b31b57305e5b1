/** `StreamName` becomes `stream-name` as the AWS CLI writes it, `KMSKeyId` `kms-key-id`. */
export function cliName(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();
}

/** `PutRecord` becomes `put_record` as boto3 writes it. */
export function snakeName(name: string): string {
  return cliName(name).replaceAll("-", "_");
}

/** The members that a call was given. */
export function givenMembers(input: object): readonly (readonly [string, unknown])[] {
  return Object.entries(input).filter(([, value]) => value !== undefined);
}

/** As it can be written in code: text where bytes are text, else nothing. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return /\p{Cc}/u.test(text.replace(/[\n\r\t]/g, "")) ? undefined : text;
  } catch {
    return undefined;
  }
}

export function base64Of(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}

/** What is inserted for a body that is too large to be shown. */
export const maxShownBytes = 4_096;
