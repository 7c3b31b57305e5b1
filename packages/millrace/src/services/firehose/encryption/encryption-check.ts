import type { StreamDocument } from "../document.ts";
import { resourceInUse } from "../errors.ts";
import { encryptionRefused } from "./encryption-request.ts";

/** @throws ServiceError when encryption can be neither started nor stopped now. */
export function checkEncryptable({ name, account, status, source, encryption }: StreamDocument): void {
  if (source.kind === "kinesis") throw encryptionRefused();
  if (status !== "ACTIVE")
    throw resourceInUse(`Firehose ${name} under account ${account} is in ${status} state.`);
  if (encryption.status === "ENABLING" || encryption.status === "DISABLING")
    throw resourceInUse(
      `Server-side encryption of firehose ${name} under account ${account} is in ${encryption.status} state.`,
    );
}
