/** Whose calls the console makes, and where they go. */
export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  /** `verify` means that somebody signed in. */
  readonly mode: "trust" | "verify";
}

const storageKey = "millrace.session";
const secretOfTrust = "any";

/** In `trust` mode any key is taken, and one of 12 digits names the account. */
export function trustedSession(account: string, region: string): Session {
  return { accessKeyId: account, secretAccessKey: secretOfTrust, account, region, mode: "trust" };
}

/** The session of this browser tab; undefined when there is none or it cannot be read. */
export function storedSession(storage: Storage): Session | undefined {
  const text = storage.getItem(storageKey);
  if (text === null) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isSession(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Kept until the tab is closed, never longer: it may hold a secret key. */
export function storeSession(storage: Storage, session: Session | undefined): void {
  if (session === undefined) storage.removeItem(storageKey);
  else storage.setItem(storageKey, JSON.stringify(session));
}

function isSession(value: unknown): value is Session {
  if (typeof value !== "object" || value === null) return false;
  const fields = value as Readonly<Record<string, unknown>>;
  return (
    ["accessKeyId", "secretAccessKey", "account", "region"].every(
      (name) => typeof fields[name] === "string",
    ) &&
    (fields["mode"] === "trust" || fields["mode"] === "verify")
  );
}
