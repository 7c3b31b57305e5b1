import type { MasterKey } from "../../../core/master-key.ts";

/** A secret of a destination as documents keep it: sealed for one stream and one member, in base64. */
export interface SecretPlace {
  readonly master: MasterKey;
  readonly streamArn: string;
  /** `AccessKey`, `HECToken`, ... */
  readonly member: string;
}

/** The same secret stays sealed as it was: sealing makes other bytes each time, and that is no change. */
export function sealedSecret(secret: string, current: string | undefined, place: SecretPlace): string {
  if (current !== undefined && openedSecret(current, place) === secret) return current;
  return place.master.seal(purposeOf(place), Buffer.from(secret)).toString("base64");
}

export function openedSecret(sealed: string, place: SecretPlace): string {
  return place.master.open(purposeOf(place), Buffer.from(sealed, "base64")).toString();
}

function purposeOf({ streamArn, member }: SecretPlace): string {
  return `firehose ${member} of ${streamArn}`;
}
