/**
 * All file access of jobs goes through here, so that tests can crash between any two steps, fill the disk and
 * lose what was not synced.
 */
export interface JobFiles {
  /**
   * Writes a new file whole; its bytes (not its name) are durable when it resolves. Pieces are made one at a
   * time, with a turn of the event loop between them.
   */
  write(path: string, pieces: Iterable<Uint8Array>): Promise<void>;
  /** A new file that grows. */
  append(path: string): Promise<AppendedFile>;
  /** Undefined when there is none. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** The names in a directory, sorted; none when it does not exist. */
  names(directory: string): Promise<readonly string[]>;
  makeDirectory(directory: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** A second name of the same bytes. */
  link(from: string, to: string): Promise<void>;
  /** Removes a file; it is no error when there is none. */
  remove(path: string): Promise<void>;
  removeTree(directory: string): Promise<void>;
  /** Makes created, renamed and removed names durable. */
  syncDirectory(directory: string): Promise<void>;
}

export interface AppendedFile {
  /** Durable when it resolves. After a failure nothing more may be appended. */
  append(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}
