import { Readable } from "node:stream";
import busboy from "busboy";
import { ServiceError } from "../../core/errors.ts";
import { fieldsTooLarge, malformedForm, missingFile } from "./form-errors.ts";
import { formLimits } from "./form-limits.ts";

/** Values by field name; names in lower case. */
export type FormFields = ReadonlyMap<string, string>;

/** A form as far as its file: the file's bytes flow when they are read. */
export interface OpenForm {
  readonly fields: FormFields;
  /** The name of the file on the sender's machine, without its path; "" when the sender gives none. */
  readonly fileName: string;
  /** Fails when the form breaks off, or is none. */
  readonly file: AsyncIterable<Buffer>;
  /** Lets what nobody has read flow away. */
  release(): void;
}

/**
 * Reads a form of the type multipart/form-data up to its file. What follows the file is ignored, as S3 does.
 * @throws ServiceError for what is no form, and for one without a file.
 */
export function openForm(raw: Readable, contentType: string): Promise<OpenForm> {
  return new Promise((resolve, reject) => {
    const parser = parserOf(contentType);
    const fields = new Map<string, string>();
    let bytes = 0;
    let isOpen = false;
    const release = (): void => {
      raw.unpipe(parser);
      raw.resume();
    };
    const refuse = (error: unknown): void => {
      release();
      // While the file is read, whoever reads it is told by the file's own stream.
      if (!isOpen) reject(error);
    };
    const open = (file: Readable, fileName: string): void => {
      isOpen = true;
      // A form may break off before anybody reads its file; who does then, finds out.
      file.on("error", ignoreFailure);
      resolve({
        fields,
        fileName,
        file: checkedFile(file),
        release() {
          file.destroy();
          release();
        },
      });
    };
    parser.on("field", (name, value, { valueTruncated }) => {
      if (isOpen) return;
      bytes += Buffer.byteLength(name) + Buffer.byteLength(value);
      const field = name.toLowerCase();
      // A file may also be a plain field, as long as it is a small one.
      if (field === "file" && !valueTruncated) open(Readable.from([Buffer.from(value)]), "");
      else if (valueTruncated || bytes > formLimits.fieldBytes) refuse(fieldsTooLarge());
      else fields.set(field, value);
    });
    parser.on("file", (name, file, { filename }) => {
      if (isOpen || name.toLowerCase() !== "file") void file.resume();
      else open(file, baseName(filename));
    });
    parser.on("fieldsLimit", () => refuse(fieldsTooLarge()));
    parser.on("error", () => refuse(malformedForm()));
    parser.on("close", () => refuse(missingFile()));
    raw.once("close", () => {
      if (!raw.readableEnded) parser.destroy(malformedForm());
    });
    raw.pipe(parser);
  });
}

/** Whoever reads the file is told there. */
const ignoreFailure = (): void => {};

function parserOf(contentType: string): busboy.Busboy {
  try {
    return busboy({
      headers: { "content-type": contentType },
      // Browsers send names in UTF-8, whatever the standard says.
      defParamCharset: "utf8",
      preservePath: true,
      limits: {
        fieldSize: formLimits.fieldBytes,
        fields: formLimits.fields,
      },
    });
  } catch {
    throw malformedForm();
  }
}

async function* checkedFile(file: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of file) yield chunk as Buffer;
  } catch (error) {
    throw error instanceof ServiceError ? error : malformedForm();
  }
}

/** Some browsers send the whole path, with the separators of their own system. */
function baseName(fileName: string | undefined): string {
  return fileName?.split(/[/\\]/).at(-1) ?? "";
}
