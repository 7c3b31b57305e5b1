import { ActionLog } from "../../api/action-log.ts";
import { Clients } from "../../api/clients.ts";
import type { Session } from "../../api/session.ts";

export interface KeyInput {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly region: string;
}

export interface PasswordInput {
  /** 12 digits or an alias; the account of Millrace itself when empty. */
  readonly account: string;
  readonly user: string;
  readonly password: string;
  readonly region: string;
  /** For who has to set another one. */
  readonly newPassword: string;
}

/** Why somebody was not let in. */
class SignInError extends Error {
  override readonly name: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = code;
  }
}

/** A session of whom an access key belongs to: STS says whose it is, and whether it is right. */
export async function signInWithKey(input: KeyInput, endpoint: string): Promise<Session> {
  const { accessKeyId, secretAccessKey, sessionToken, region } = input;
  const session: Session = {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== "" && { sessionToken }),
    account: "",
    region,
    mode: "verify",
  };
  // Nothing of this is shown as code: it is before anybody is in.
  const sts = await new Clients(session, endpoint, new ActionLog()).get("sts");
  const { Account } = await sts.getCallerIdentity({});
  if (Account === undefined) throw new SignInError("SignInFailed", "STS did not say whose key it is.");
  return { ...session, account: Account };
}

interface SignInAnswer {
  readonly account: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
}

/** A session of a user who has a console password. */
export async function signInWithPassword(input: PasswordInput, endpoint: string): Promise<Session> {
  const { account, user, password, newPassword, region } = input;
  const response = await fetch(`${endpoint}/_millrace/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      ...(account !== "" && { account }),
      user,
      password,
      ...(newPassword !== "" && { newPassword }),
    }),
  });
  const text = await response.text();
  if (!response.ok) throw errorOf(response.status, text);
  const { account: owner, credentials } = JSON.parse(text) as SignInAnswer;
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  return { accessKeyId, secretAccessKey, sessionToken, account: owner, region, mode: "verify" };
}

function errorOf(status: number, text: string): SignInError {
  try {
    const { code, message } = JSON.parse(text) as { readonly code?: string; readonly message?: string };
    return new SignInError(code ?? `HTTP ${status}`, message ?? text);
  } catch {
    return new SignInError(`HTTP ${status}`, text.slice(0, 300));
  }
}

/** What usually helps against an error, beside its own words. */
export function hintOf(code: string): string | undefined {
  if (/InvalidClientTokenId|InvalidAccessKeyId|UnrecognizedClient/.test(code))
    return "No such access key, or it is not active.";
  if (/SignatureDoesNotMatch/.test(code)) return "The secret key does not belong to the access key.";
  if (/ExpiredToken/.test(code)) return "Temporary credentials are good for a while only: get new ones.";
  if (/InvalidToken/.test(code)) return "Temporary credentials need the session token that came with them.";
  if (code === "TypeError") return "Millrace does not answer.";
  return undefined;
}
