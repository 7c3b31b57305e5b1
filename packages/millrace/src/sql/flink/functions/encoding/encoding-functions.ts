import { isText, isWhole } from "../../type-rules.ts";
import type { FlinkType } from "../../types.ts";
import {
  bytesType,
  type CallSite,
  define,
  intType,
  type Parameter,
  strict,
  stringType,
} from "../function-definition.ts";
import { bigint, bytes, text, textOrBytes } from "../parameters.ts";
import { EvaluationError, type ScalarCode, type ScalarFunction } from "../scalar-function.ts";
import { decodeText, encodeText } from "./character-sets.ts";
import { urlFunctions } from "./url-functions.ts";

/** Texts as bytes, digits and codes, and back. */
export const encodingFunctions: readonly ScalarFunction[] = Object.freeze([
  define({ name: "encode", parameters: [text, text], result: bytesType, code: strict(encodeText) }),
  define({ name: "decode", parameters: [bytes, text], result: stringType, code: strict(decodeText) }),
  define({
    name: "to_base64",
    parameters: [textOrBytes],
    result: stringType,
    code: strict((value: string | Uint8Array) => bufferOf(value).toString("base64")),
  }),
  define({ name: "from_base64", parameters: [textOrBytes], result: stringType, code: strict(fromBase64) }),
  define({ name: "hex", parameters: [wholeOrText], result: stringType, code: hexCode }),
  define({ name: "unhex", parameters: [text], result: bytesType, mayBeNull: true, code: strict(unhex) }),
  define({
    name: "bin",
    parameters: [bigint],
    result: stringType,
    code: strict((x: number | bigint) => digits(x, 2)),
  }),
  define({
    name: "ascii",
    parameters: [text],
    result: intType,
    // Of what is not ASCII the first byte of UTF-8 counts, with its sign, as in Flink.
    code: strict((s: string) => Buffer.from(String.fromCodePoint(s.codePointAt(0) ?? 0)).readInt8(0)),
  }),
  define({
    name: "chr",
    parameters: [bigint],
    result: stringType,
    code: strict((code: number | bigint) =>
      code < 0 ? "" : String.fromCharCode(Number(BigInt(code) & 0xffn)),
    ),
  }),
  ...urlFunctions,
]);

function bufferOf(value: string | Uint8Array): Buffer {
  return typeof value === "string"
    ? Buffer.from(value)
    : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

/** @throws EvaluationError */
function fromBase64(value: string | Uint8Array): string {
  const digitsOfBase = typeof value === "string" ? value : bufferOf(value).toString("latin1");
  const isValid =
    /^[A-Za-z0-9+/]*={0,2}$/.test(digitsOfBase) && digitsOfBase.replace(/=+$/, "").length % 4 !== 1;
  if (!isValid) throw new EvaluationError(`FROM_BASE64: '${digitsOfBase.slice(0, 100)}' is not base64`);
  return Buffer.from(digitsOfBase, "base64").toString();
}

function wholeOrText(type: FlinkType): ReturnType<Parameter> {
  return isWhole(type) ? bigint(type) : textOrBytes(type);
}

function hexCode({ types: [type] }: CallSite): ScalarCode {
  if (type !== undefined && isWhole(type)) return strict((x: number | bigint) => digits(x, 16).toUpperCase());
  if (type !== undefined && !isText(type))
    return strict((x: Uint8Array) => bufferOf(x).toString("hex").toUpperCase());
  return strict((s: string) => Buffer.from(s).toString("hex").toUpperCase());
}

/** Of a negative number the digits of its 64 bits. */
function digits(value: number | bigint, base: number): string {
  return BigInt.asUintN(64, BigInt(value)).toString(base);
}

/** An odd first digit is dropped for a zero byte; NULL for what is no digit. */
function unhex(value: string): Uint8Array | null {
  if (!/^[0-9A-Fa-f]*$/.test(value)) return null;
  if (value.length % 2 === 0) return new Uint8Array(Buffer.from(value, "hex"));
  return new Uint8Array(Buffer.from(`00${value.slice(1)}`, "hex"));
}
