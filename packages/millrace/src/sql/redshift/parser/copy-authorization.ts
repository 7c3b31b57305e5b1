import type { CopyAuthorization } from "../ast/copy.ts";
import { parseIamRole } from "./shared-clauses.ts";
import type { TokenStream } from "./token-stream.ts";

/** What COPY and UNLOAD reach S3 with; undefined where something else follows. */
export function acceptAuthorization(stream: TokenStream): CopyAuthorization | undefined {
  if (stream.accept("iam_role")) {
    return { kind: "iam-role", role: parseIamRole(stream) };
  }
  if (stream.accept("credentials") || stream.accept("with", "credentials")) {
    stream.accept("as");
    return { kind: "credentials", text: stream.string() };
  }
  if (!stream.at("access_key_id") && !stream.at("secret_access_key")) {
    return undefined;
  }
  return parseKeys(stream);
}

/** The two parts of a key in any order, then the token of a session. */
function parseKeys(stream: TokenStream): CopyAuthorization {
  const keys = new Map<string, string>();
  while (keys.size < 2) {
    const word = stream.acceptAny("access_key_id", "secret_access_key");
    if (word === undefined || keys.has(word)) {
      throw stream.syntaxError();
    }
    keys.set(word, argument(stream));
  }
  const sessionToken = stream.accept("session_token") ? argument(stream) : undefined;
  return {
    kind: "keys",
    accessKeyId: keys.get("access_key_id") ?? "",
    secretAccessKey: keys.get("secret_access_key") ?? "",
    sessionToken,
  };
}

function argument(stream: TokenStream): string {
  stream.accept("as");
  return stream.string();
}
