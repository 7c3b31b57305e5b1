import type { Identifier } from "../ast/name.ts";
import type { TokenStream } from "./token-stream.ts";

/** `as name`, where reserved words are names, too, or `name`. */
export function acceptAlias(stream: TokenStream): Identifier | undefined {
  if (stream.accept("as")) {
    return stream.label();
  }
  return stream.atIdentifier() && !beginsClause(stream) ? stream.identifier() : undefined;
}

/** Words that are not reserved, but begin what may stand behind an item without alias. */
function beginsClause(stream: TokenStream): boolean {
  switch (stream.current.lexeme) {
    case "qualify":
    case "set":
      return true;
    case "start":
      return stream.at("start", "with");
    case "connect":
      return stream.at("connect", "by");
    case "remove":
      return stream.at("remove", "duplicates");
    case "at":
      return stream.atIdentifier(1);
    default:
      return false;
  }
}
