import { createHmac, randomBytes } from "node:crypto";
import type { LoginSecret } from "../../../kernels/warehouse/cluster-port.ts";
import type { Message } from "../protocol/message-reader.ts";
import { digestResponse, md5Response, saltedHash, sameBytes } from "./passwords.ts";
import { ScramExchange, type ScramSecret, scramMechanism } from "./scram.ts";

/** What a login needs of a connection. */
export interface LoginChannel {
  /** Sends an authentication request: its code and what follows it. */
  request(code: number, data: Buffer): void;
  /** The client's next message; undefined when it has gone. */
  next(): Promise<Message | undefined>;
}

export interface LoginClient {
  readonly user: string;
  /** AWS's drivers understand Redshift's digest; JDBC among them does not understand SCRAM. */
  readonly awsDriver: boolean;
  readonly tls: boolean;
}

/** `malformed`: the client has not kept to the exchange. `unable`: it cannot prove itself in any way that is on offer. */
export type LoginOutcome = "accepted" | "refused" | "malformed" | "unable" | "gone";

const codes = { cleartext: 3, md5: 5, sasl: 10, saslContinue: 11, saslFinal: 12, digest: 13 } as const;
const passwordMessage = 0x70;
const digestMessage = 0x64;
const sha256Algorithm = 0;
const fakeIterations = 4_096;
const maxClientNonceBytes = 256;

/**
 * Lets a client prove that it knows its user's password. For a user that is not there, or may not log in, an
 * exchange is played to its end all the same, with a salt that is always the same for one name: who guesses
 * names learns nothing.
 * @param disguise a secret of this process, from which the salts of missing users come
 */
export async function playLogin(
  secret: LoginSecret | undefined,
  client: LoginClient,
  disguise: Buffer,
  channel: LoginChannel,
): Promise<LoginOutcome> {
  if (secret?.kind === "any") return "accepted";
  const known = secret?.kind === "password" ? secret : undefined;
  if (client.awsDriver) {
    if (known === undefined || known.digest !== undefined)
      return await playDigest(known?.digest, client, disguise, channel);
    if (known.md5 !== undefined) return await playMd5(known.md5, channel);
  }
  if (known === undefined || known.scram !== undefined)
    return await playScram(known?.scram, client, disguise, channel);
  if (known.md5 !== undefined) return await playMd5(known.md5, channel);
  // Only the password itself can be checked against a salted hash: never where others can read it.
  if (known.digest !== undefined && client.tls) return await playCleartext(known.digest, channel);
  return "unable";
}

async function playMd5(stored: string, channel: LoginChannel): Promise<LoginOutcome> {
  const salt = randomBytes(4);
  channel.request(codes.md5, salt);
  const message = await channel.next();
  if (message === undefined) return "gone";
  const given = passwordOf(message);
  if (given === undefined) return "malformed";
  return sameBytes(given, Buffer.from(md5Response(stored, salt))) ? "accepted" : "refused";
}

async function playCleartext(
  stored: { readonly hash: string; readonly salt: string },
  channel: LoginChannel,
): Promise<LoginOutcome> {
  channel.request(codes.cleartext, Buffer.alloc(0));
  const message = await channel.next();
  if (message === undefined) return "gone";
  const given = passwordOf(message);
  if (given === undefined) return "malformed";
  return sameBytes(saltedHash(given, stored.salt), Buffer.from(stored.hash, "hex")) ? "accepted" : "refused";
}

/** PasswordMessage => String password */
function passwordOf(message: Message): Buffer | undefined {
  const { type, body } = message;
  if (type !== passwordMessage || body.length === 0 || body.indexOf(0) !== body.length - 1) return undefined;
  return body.subarray(0, -1);
}

/**
 *   AuthenticationDigest => Int32 algorithm, Int32 length, salt, Int32 length, server nonce
 *   DigestResponse       => Int32 length, digest, Int32 length, client nonce
 */
async function playDigest(
  stored: { readonly hash: string; readonly salt: string } | undefined,
  client: LoginClient,
  disguise: Buffer,
  channel: LoginChannel,
): Promise<LoginOutcome> {
  const salt = Buffer.from(stored?.salt ?? fakeSalt(client.user, disguise).toString("hex"), "utf8");
  const nonce = randomBytes(16);
  const algorithm = int32(sha256Algorithm);
  channel.request(
    codes.digest,
    Buffer.concat([algorithm, int32(salt.length), salt, int32(nonce.length), nonce]),
  );
  const message = await channel.next();
  if (message === undefined) return "gone";
  const answer = digestAnswer(message);
  if (answer === undefined) return "malformed";
  const hash = stored === undefined ? disguise : Buffer.from(stored.hash, "hex");
  const matches = sameBytes(answer.digest, digestResponse(hash, nonce, answer.nonce));
  return matches && stored !== undefined ? "accepted" : "refused";
}

function digestAnswer(message: Message): { readonly digest: Buffer; readonly nonce: Buffer } | undefined {
  const { type, body } = message;
  if (type !== digestMessage || body.length < 8 || body.readInt32BE(0) !== 32 || body.length < 40)
    return undefined;
  const nonceBytes = body.readInt32BE(36);
  if (nonceBytes < 1 || nonceBytes > maxClientNonceBytes || body.length !== 40 + nonceBytes) return undefined;
  return { digest: body.subarray(4, 36), nonce: body.subarray(40) };
}

async function playScram(
  stored: ScramSecret | undefined,
  client: LoginClient,
  disguise: Buffer,
  channel: LoginChannel,
): Promise<LoginOutcome> {
  const exchange = new ScramExchange(stored ?? fakeScram(client.user, disguise));
  channel.request(codes.sasl, Buffer.from(`${scramMechanism}\0\0`));
  const opening = await channel.next();
  if (opening === undefined) return "gone";
  const first = saslInitial(opening);
  const serverFirst = first === undefined ? undefined : exchange.first(first);
  if (serverFirst === undefined) return "malformed";
  channel.request(codes.saslContinue, Buffer.from(serverFirst));
  const closing = await channel.next();
  if (closing === undefined) return "gone";
  if (closing.type !== passwordMessage) return "malformed";
  const outcome = exchange.final(closing.body.toString("latin1"));
  if (outcome === undefined) return "malformed";
  if (outcome === "refused" || stored === undefined) return "refused";
  channel.request(codes.saslFinal, Buffer.from(outcome.serverFinal));
  return "accepted";
}

/** SASLInitialResponse => String mechanism, Int32 length, first message */
function saslInitial(message: Message): string | undefined {
  const { type, body } = message;
  const end = body.indexOf(0);
  if (type !== passwordMessage || end < 0 || body.length < end + 5) return undefined;
  if (body.toString("latin1", 0, end) !== scramMechanism) return undefined;
  if (body.readInt32BE(end + 1) !== body.length - end - 5) return undefined;
  return body.toString("utf8", end + 5);
}

function fakeScram(user: string, disguise: Buffer): ScramSecret {
  const salt = fakeSalt(user, disguise);
  return { salt, iterations: fakeIterations, storedKey: disguise, serverKey: disguise };
}

function fakeSalt(user: string, disguise: Buffer): Buffer {
  return createHmac("sha256", disguise).update(user).digest().subarray(0, 16);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
