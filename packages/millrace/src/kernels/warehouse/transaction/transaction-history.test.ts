import { expect, it } from "vitest";
import { TransactionHistory } from "./transaction-history.ts";

const footprint = (transactionId: number, reads: number[], writes: number[]) => ({
  transactionId,
  processId: transactionId + 1_000,
  databaseOid: 1,
  reads: new Set(reads),
  writes: new Set(writes),
});

it("two that read what the other changes are no serial order", () => {
  const history = new TransactionHistory();
  const [a, b] = [{}, {}];
  history.begin(a);
  history.begin(b);
  history.commit(a, footprint(1, [10], [20]));
  expect(() => history.commit(b, footprint(2, [20], [10]))).toThrow(
    expect.objectContaining({
      sqlState: "40001",
      message: "1023",
      detail:
        "Serializable isolation violation on table - 10, transactions forming the cycle are: 1, 2 (pid:1002)",
    }),
  );
});

it("one after the other is fine, and so is what another database does", () => {
  const history = new TransactionHistory();
  const [a, b, c] = [{}, {}, {}];
  history.begin(a);
  history.begin(c);
  history.commit(a, footprint(1, [10], [20]));
  history.begin(b);
  expect(() => history.commit(b, footprint(2, [20], [10]))).not.toThrow();
  expect(() => history.commit(c, { ...footprint(3, [20, 10], [10, 20]), databaseOid: 2 })).not.toThrow();
});

it("who only reads comes before, who only writes after: no circle", () => {
  const history = new TransactionHistory();
  const [reader, writer] = [{}, {}];
  history.begin(reader);
  history.begin(writer);
  history.commit(writer, footprint(1, [], [10]));
  expect(() => history.commit(reader, footprint(2, [10], []))).not.toThrow();
});

it("finds circles over a third transaction", () => {
  const history = new TransactionHistory();
  const [a, b, c] = [{}, {}, {}];
  for (const transaction of [a, b, c]) history.begin(transaction);
  history.commit(a, footprint(1, [10], [20]));
  history.commit(b, footprint(2, [30], [10]));
  expect(() => history.commit(c, footprint(3, [40], [30]))).not.toThrow();
  const [d, e, f] = [{}, {}, {}];
  for (const transaction of [d, e, f]) history.begin(transaction);
  history.commit(d, footprint(4, [10], [30]));
  history.commit(e, footprint(5, [20], [10]));
  expect(() => history.commit(f, footprint(6, [30], [20]))).toThrow("1023");
});
