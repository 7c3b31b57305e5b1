import { fileFormatOf } from "../../../../formats/sniff/compression.ts";
import type { Sample } from "../../../../formats/sniff/sample.ts";
import { type Classifier, no, notReadable, type Verdict } from "../verdict.ts";

/** Bytes that tell these formats. */
const probedBytes = 4_096;

/** ORC, by its magic; Millrace does not read it yet. */
export const orcClassifier: Classifier = {
  name: "orc",
  custom: false,
  judge: async (sample: Sample): Promise<Verdict> => {
    const content = await sample.take(probedBytes);
    if (fileFormatOf(content) !== "orc") return no("orc: it does not begin with ORC");
    return notReadable(sample, "orc", "It is an ORC file, which Millrace does not read yet.");
  },
};

/** Binary JSON: a document that begins with its length and a first element of a known type. */
export const bsonClassifier: Classifier = {
  name: "bson",
  custom: false,
  judge: async (sample: Sample): Promise<Verdict> => {
    const content = await sample.take(probedBytes);
    if (!looksLikeBson(content, sample)) return no("bson: it does not begin with a BSON document");
    return notReadable(sample, "bson", "It is binary JSON (BSON), which Millrace does not read yet.");
  },
};

/** Amazon Ion, binary by its magic, text by its version marker. */
export const ionClassifier: Classifier = {
  name: "ion",
  custom: false,
  judge: async (sample: Sample): Promise<Verdict> => {
    const content = await sample.take(probedBytes);
    const text = /^\s*\$ion_1_[01]\s/.test(content.toString("latin1", 0, 64));
    if (!text && fileFormatOf(content) !== "ion") return no("ion: it has no version marker");
    return notReadable(sample, "ion", "It is Amazon Ion, which Millrace does not read yet.");
  },
};

const minDocumentBytes = 5;
const maxDocumentBytes = 16 * 1024 * 1024;
const lastElementType = 0x13;

/** document := length:4 (little-endian) { type:1 name 0x00 value } 0x00 */
function looksLikeBson(content: Buffer, sample: Sample): boolean {
  if (content.length < minDocumentBytes) return false;
  const length = content.readInt32LE(0);
  if (length < minDocumentBytes || length > maxDocumentBytes) return false;
  if (sample.complete && length > sample.length) return false;
  if (length <= content.length && content[length - 1] !== 0) return false;
  const type = content.readUInt8(4);
  if (length === minDocumentBytes) return type === 0;
  if (type === 0 || (type > lastElementType && type < 0x7f)) return false;
  const name = content.subarray(5, 261);
  const end = name.indexOf(0);
  return end > 0 && name.subarray(0, end).every((byte) => byte >= 0x20);
}
