import { createPrivateKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import type { AlgorithmSpec } from "@aws-sdk/client-kms";
import type { Clock } from "../../core/clock.ts";
import type { MasterKey } from "../../core/master-key.ts";
import { expiredImportToken, invalidImportToken } from "./errors.ts";
import { limits } from "./limits.ts";

const purpose = "kms import token";
const rsaPair = promisify(generateKeyPair) as (
  type: "rsa",
  options: { modulusLength: number },
) => Promise<{ readonly publicKey: KeyObject; readonly privateKey: KeyObject }>;

export interface ImportParameters {
  readonly token: Buffer;
  /** SubjectPublicKeyInfo of the wrapping key. */
  readonly publicKey: Buffer;
  readonly validToMs: number;
}

export interface OpenedImportToken {
  readonly privateKey: KeyObject;
  readonly algorithm: AlgorithmSpec;
}

interface TokenBody {
  readonly keyArn: string;
  readonly algorithm: AlgorithmSpec;
  readonly validToMs: number;
  /** PKCS #8, base64. */
  readonly privateKey: string;
}

/**
 * The token of GetParametersForImport is the wrapping key's private half, sealed: nothing is kept between the
 * two calls.
 */
export class ImportTokens {
  readonly #master: MasterKey;
  readonly #clock: Clock;

  constructor(master: MasterKey, clock: Clock) {
    this.#master = master;
    this.#clock = clock;
  }

  async make(keyArn: string, algorithm: AlgorithmSpec, modulusLength: number): Promise<ImportParameters> {
    const pair = await rsaPair("rsa", { modulusLength });
    const validToMs = this.#clock.now() + limits.importTokenLifeMs;
    const privateKey = pair.privateKey.export({ type: "pkcs8", format: "der" }).toString("base64");
    const body: TokenBody = { keyArn, algorithm, validToMs, privateKey };
    return {
      token: this.#master.seal(purpose, Buffer.from(JSON.stringify(body))),
      publicKey: pair.publicKey.export({ type: "spki", format: "der" }),
      validToMs,
    };
  }

  /** @throws ServiceError when it was not made for this key, or is too old. */
  open(token: Uint8Array, keyArn: string): OpenedImportToken {
    const body = this.#read(token);
    if (body === undefined || body.keyArn !== keyArn) throw invalidImportToken();
    if (body.validToMs <= this.#clock.now()) throw expiredImportToken();
    const key = Buffer.from(body.privateKey, "base64");
    return {
      privateKey: createPrivateKey({ key, format: "der", type: "pkcs8" }),
      algorithm: body.algorithm,
    };
  }

  #read(token: Uint8Array): TokenBody | undefined {
    try {
      return JSON.parse(this.#master.open(purpose, token).toString()) as TokenBody;
    } catch {
      // The seal says that it was not made here, whatever it is.
      return undefined;
    }
  }
}
