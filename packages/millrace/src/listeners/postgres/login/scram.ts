import { createHash, createHmac, randomBytes } from "node:crypto";
import { sameBytes } from "./passwords.ts";

export interface ScramSecret {
  readonly salt: Buffer;
  readonly iterations: number;
  readonly storedKey: Buffer;
  readonly serverKey: Buffer;
}

export const scramMechanism = "SCRAM-SHA-256";

/**
 * The server's side of RFC 5802 with SHA-256 and without channel binding:
 *
 *   client first => gs2-header "n=" user ",r=" nonce        (user is PostgreSQL's empty one: start-up named it)
 *   server first => "r=" nonce more ",s=" salt ",i=" iterations
 *   client final => "c=" base64(gs2-header) ",r=" nonce more ",p=" proof
 *   server final => "v=" signature
 *
 * Each step gives undefined for a message that is not of this form.
 */
export class ScramExchange {
  readonly #secret: ScramSecret;
  readonly #serverNonce: string;
  #header = "";
  #clientFirstBare = "";
  #serverFirst = "";
  #nonce = "";

  constructor(secret: ScramSecret, serverNonce: string = randomBytes(18).toString("base64")) {
    this.#secret = secret;
    this.#serverNonce = serverNonce;
  }

  first(message: string): string | undefined {
    // `p=` asks for channel binding, which is not on offer.
    const match = /^([ny],(?:a=[^,]*)?,)((?:n=[^,]*),r=([\x21-\x2b\x2d-\x7e]+)(?:,.*)?)$/.exec(message);
    if (match === null) return undefined;
    const [, header = "", bare = "", clientNonce = ""] = match;
    this.#header = header;
    this.#clientFirstBare = bare;
    this.#nonce = clientNonce + this.#serverNonce;
    const salt = this.#secret.salt.toString("base64");
    this.#serverFirst = `r=${this.#nonce},s=${salt},i=${this.#secret.iterations}`;
    return this.#serverFirst;
  }

  /** The server's last word, or "refused" for a proof that is not the password's. */
  final(message: string): { readonly serverFinal: string } | "refused" | undefined {
    const match = /^(c=([A-Za-z0-9+/=]+),r=([^,]+)(?:,.*)?),p=([A-Za-z0-9+/=]+)$/.exec(message);
    if (match === null) return undefined;
    const [, withoutProof = "", header = "", nonce = "", proofText = ""] = match;
    const proof = Buffer.from(proofText, "base64");
    if (proof.length !== 32) return undefined;
    if (Buffer.from(header, "base64").toString("latin1") !== this.#header) return undefined;
    if (nonce !== this.#nonce) return undefined;
    const authMessage = `${this.#clientFirstBare},${this.#serverFirst},${withoutProof}`;
    const signature = createHmac("sha256", this.#secret.storedKey).update(authMessage).digest();
    const clientKey = Buffer.from(proof.map((byte, at) => byte ^ (signature[at] ?? 0)));
    const storedKey = createHash("sha256").update(clientKey).digest();
    if (!sameBytes(storedKey, this.#secret.storedKey)) return "refused";
    const server = createHmac("sha256", this.#secret.serverKey).update(authMessage).digest("base64");
    return { serverFinal: `v=${server}` };
  }
}
