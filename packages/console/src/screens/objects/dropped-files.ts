/** A file with its place below the folder that was dropped. */
export interface NamedFile {
  /** `folder/a.csv` */
  readonly path: string;
  readonly file: File;
}

const maxFiles = 10_000;

/** All files of what was dropped, those in folders included. */
export async function droppedFiles(data: DataTransfer): Promise<readonly NamedFile[]> {
  // Entries are only there during the event, hence before anything is waited for.
  const items = Array.from(data.items).map((item) => ({
    entry: item.webkitGetAsEntry(),
    file: item.getAsFile(),
  }));
  const found: NamedFile[] = [];
  for (const { entry, file } of items) {
    if (entry !== null) await collect(entry, "", found);
    else if (file !== null) found.push({ path: file.name, file });
  }
  return found;
}

async function collect(entry: FileSystemEntry, folder: string, found: NamedFile[]): Promise<void> {
  if (found.length >= maxFiles) return;
  const path = `${folder}${entry.name}`;
  if (isFile(entry)) {
    found.push({ path, file: await fileOf(entry) });
    return;
  }
  for (const child of await childrenOf(entry as FileSystemDirectoryEntry))
    await collect(child, `${path}/`, found);
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A reader answers a part of a folder at a time, and nothing at its end. */
async function childrenOf(entry: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = entry.createReader();
  const all: FileSystemEntry[] = [];
  while (all.length < maxFiles) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) break;
    all.push(...some);
  }
  return all;
}
