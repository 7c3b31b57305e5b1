import type { DeliveryStreamEncryptionConfigurationInput } from "@aws-sdk/client-firehose";
import { parseArn } from "../../../core/arn.ts";
import type { Input } from "../../../gateway/service.ts";
import type { FirehoseKeys, Owner } from "../dependencies.ts";
import type { EncryptionDocument, EncryptionKey } from "../document.ts";
import { invalidArgument, limitExceeded } from "../errors.ts";
import { dayMs, limits } from "../limits.ts";

type Asked = Input<DeliveryStreamEncryptionConfigurationInput>;

/**
 * The key that a call asks for; the one of Millrace's own when it names none.
 * @throws ServiceError InvalidArgumentException, InvalidKMSResourceException
 */
export async function requestedKey(
  asked: Asked | undefined,
  owner: Owner,
  keys: FirehoseKeys,
): Promise<EncryptionKey> {
  const { KeyType: keyType = "AWS_OWNED_CMK", KeyARN: keyArn } = asked ?? {};
  if (keyType === "AWS_OWNED_CMK") {
    if (keyArn !== undefined)
      throw invalidArgument("KeyARN cannot be specified when KeyType is AWS_OWNED_CMK");
    return { keyType };
  }
  if (keyArn === undefined)
    throw invalidArgument("KeyARN has to be specified when KeyType is CUSTOMER_MANAGED_CMK");
  if (parseArn(keyArn)?.region !== owner.region)
    throw invalidArgument(
      "Cross-region keys are not allowed for SSE. Please provide CMKs in the same region as firehose",
    );
  await keys.check(keyArn, owner);
  return { keyType, keyArn };
}

/** Only what waits in Firehose itself can be encrypted by it. */
export const encryptionRefused = (): Error =>
  invalidArgument(
    "Server side encryption from firehose is only allowed for direct put delivery streams and database as a source " +
      "delivery streams",
  );

/** The times of changes with another one added. @throws ServiceError LimitExceededException */
export function countedChange({ changesMs }: EncryptionDocument, nowMs: number): readonly number[] {
  const recent = changesMs.filter((timeMs) => timeMs > nowMs - dayMs);
  if (recent.length >= limits.encryptionChangesPerDay)
    throw limitExceeded(
      "StartDeliveryStreamEncryption and StopDeliveryStreamEncryption can be invoked at most " +
        `${limits.encryptionChangesPerDay} times per delivery stream in 24 hours.`,
    );
  return [...recent, nowMs];
}
