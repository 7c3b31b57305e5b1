import type { CopyFormat } from "../ast/copy.ts";
import { type CopyDraft, noteOption } from "./copy-options.ts";
import type { TokenStream } from "./token-stream.ts";

const FORMATS = [
  "csv",
  "fixedwidth",
  "json",
  "avro",
  "parquet",
  "orc",
  "rcfile",
  "sequencefile",
  "shapefile",
] as const;

/** `[FORMAT [AS]] format`, or QUOTE. @returns false where something else follows */
export function acceptCopyFormat(stream: TokenStream, draft: CopyDraft): boolean {
  if (stream.at("quote")) {
    noteOption(stream, draft, "quote");
    stream.next();
    stream.accept("as");
    draft.quote = stream.string();
    return true;
  }
  const introduced =
    stream.accept("format") || (stream.at("as") && FORMATS.some((f) => f === stream.peek(1).lexeme));
  if (introduced) {
    stream.accept("as");
    // FORMAT DELIMITER is how some write what is the default.
    if (stream.at("delimiter")) {
      return true;
    }
  }
  const word = FORMATS.find((format) => stream.at(format));
  if (word === undefined) {
    if (introduced) {
      throw stream.syntaxError();
    }
    return false;
  }
  if (draft.format !== undefined) {
    throw stream.error("42601", "conflicting or redundant options");
  }
  stream.next();
  draft.format = parseFormat(stream, word);
  return true;
}

function parseFormat(stream: TokenStream, word: (typeof FORMATS)[number]): CopyFormat {
  switch (word) {
    case "csv":
      return { kind: "csv", quote: undefined };
    case "fixedwidth":
      stream.accept("as");
      return { kind: "fixedwidth", specification: stream.string() };
    case "json":
    case "avro": {
      const as = stream.accept("as");
      return { kind: word, argument: as || stream.current.kind === "string" ? stream.string() : "auto" };
    }
    case "shapefile":
      return { kind: "shapefile", simplify: stream.accept("simplify") ? parseSimplify(stream) : undefined };
    default:
      return { kind: word };
  }
}

function parseSimplify(stream: TokenStream): { auto: boolean; tolerance: string | undefined } {
  const auto = stream.accept("auto");
  const { kind } = stream.current;
  return { auto, tolerance: kind === "string" || kind === "number" ? stream.next().value : undefined };
}
