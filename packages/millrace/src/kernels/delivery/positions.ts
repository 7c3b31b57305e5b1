/** Where each consumer of each pipeline is; see README.md. */
export const positionSchema = `
  CREATE TABLE IF NOT EXISTS consumer (
    pipeline TEXT NOT NULL,
    consumer TEXT NOT NULL,
    log TEXT NOT NULL,
    low_water INTEGER NOT NULL,
    PRIMARY KEY (pipeline, consumer)
  ) WITHOUT ROWID;
`;
