import type { SqlFile } from "../../../core/sql-file.ts";
import type { NoteDocument } from "./note.ts";

/** Under this id stand the definitions of an application's session. */
const sessionId = "$session";

/** Notes of applications, on disk only. */
export class NoteTable {
  readonly #file: SqlFile;

  constructor(file: SqlFile) {
    this.#file = file;
  }

  get(application: string, id: string): NoteDocument | undefined {
    const document = this.#read(application, id);
    return document === undefined || id === sessionId ? undefined : (document as NoteDocument);
  }

  /** By name. */
  list(application: string): readonly NoteDocument[] {
    const select = this.#file.prepare("SELECT document FROM notes WHERE application = ? AND id <> ?");
    const notes = select.all(application, sessionId).map((row) => JSON.parse(String(row["document"])));
    return (notes as NoteDocument[]).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Every note that a crash may have left with something that runs. */
  unfinished(): readonly { readonly application: string; readonly note: NoteDocument }[] {
    const select = this.#file.prepare(
      `SELECT application, document FROM notes WHERE id <> ? AND document LIKE '%"status":"RUNNING"%'`,
    );
    return select.all(sessionId).map((row) => ({
      application: String(row["application"]),
      note: JSON.parse(String(row["document"])) as NoteDocument,
    }));
  }

  put(application: string, note: NoteDocument): Promise<void> {
    return this.#write(application, note.id, note);
  }

  remove(application: string, id: string): Promise<void> {
    const remove = this.#file.prepare("DELETE FROM notes WHERE application = ? AND id = ?");
    return this.#file.write(() => void remove.run(application, id));
  }

  session(application: string): readonly string[] {
    return (this.#read(application, sessionId) as readonly string[] | undefined) ?? [];
  }

  putSession(application: string, definitions: readonly string[]): Promise<void> {
    return this.#write(application, sessionId, definitions);
  }

  #read(application: string, id: string): unknown {
    const select = this.#file.prepare("SELECT document FROM notes WHERE application = ? AND id = ?");
    const row = select.get(application, id);
    return row === undefined ? undefined : JSON.parse(String(row["document"]));
  }

  #write(application: string, id: string, document: unknown): Promise<void> {
    const put = this.#file.prepare("INSERT OR REPLACE INTO notes VALUES (?, ?, ?)");
    const text = JSON.stringify(document);
    return this.#file.write(() => void put.run(application, id, text));
  }
}
