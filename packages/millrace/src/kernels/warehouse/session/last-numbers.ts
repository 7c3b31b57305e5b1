/** What pg_last_copy_id() and its relatives give; COPY and UNLOAD set them. -1 before the first. */
export interface LastNumbers {
  queryId: number;
  copyId: number;
  copyRows: number;
  unloadId: number;
  unloadRows: number;
}
