/** What a query has read and sent; the numbers of Stats and Progress. */
export class ByteCounter {
  /** As they are stored. */
  scanned = 0;
  /** After decompression. */
  processed = 0;
  returned = 0;

  details(): { BytesScanned: number; BytesProcessed: number; BytesReturned: number } {
    return { BytesScanned: this.scanned, BytesProcessed: this.processed, BytesReturned: this.returned };
  }
}
