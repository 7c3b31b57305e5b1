/** Times are milliseconds. */
const day = "strftime(make_timestamp(ts * 1000), '%Y-%m-%d')";
const minute = "strftime(make_timestamp(ts * 1000), '%H:%M')";

const ranks = ["price < 10000", "price >= 10000 AND price < 1000000", "price >= 1000000"];
const countsOf = (what: string): string =>
  [`COUNT(${what})`, ...ranks.map((condition) => `COUNT(${what}) FILTER (WHERE ${condition})`)].join(", ");
const allCounts = [countsOf("*"), countsOf("DISTINCT bidder"), countsOf("DISTINCT auction")].join(", ");

const tumbled = "ts - ts % 10000 AS ws, ts - ts % 10000 + 10000 AS we";
const wonBids = "FROM auction A JOIN bid B ON A.id = B.auction AND B.ts BETWEEN A.ts AND A.expires";

const hops =
  "(SELECT auction, ts - ts % 2000 - i * 2000 AS ws, COUNT(*) AS num " +
  "FROM bid, generate_series(0, 4) AS g(i) GROUP BY auction, ws)";

const channelId = "'(&|^)channel_id=([^&]*)'";
const hotChannels = "lower(channel) IN ('apple', 'google', 'facebook', 'baidu')";

/** What each query asks, in DuckDB's SQL over the tables `person`, `auction`, `bid`; DECIMALs are unscaled. */
export const answers: Readonly<Record<string, string>> = {
  q0: "SELECT auction, bidder, price, ts, extra FROM bid",
  q1: "SELECT auction, bidder, 908 * price, ts, extra FROM bid",
  q2: "SELECT auction, price FROM bid WHERE auction % 123 = 0",
  q3: "SELECT P.name, P.city, P.state, A.id FROM auction A JOIN person P ON A.seller = P.id WHERE A.category = 10 AND P.state IN ('OR', 'ID', 'CA')",
  q4: `SELECT category, SUM(final) // COUNT(*) FROM (SELECT MAX(B.price) AS final, A.category ${wonBids} GROUP BY A.id, A.category) GROUP BY category`,
  q5: `SELECT x.auction, x.num FROM ${hops} AS x JOIN (SELECT ws, MAX(num) AS most FROM ${hops} GROUP BY ws) AS y ON x.ws = y.ws AND x.num >= y.most`,
  q7: `SELECT B.auction, B.bidder, B.price, B.ts, B.extra FROM bid B JOIN (SELECT MAX(price) AS most, we FROM (SELECT price, ${tumbled} FROM bid) GROUP BY we) AS M ON B.price = M.most AND B.ts BETWEEN M.we - 10000 AND M.we`,
  q8: `SELECT id, name, P.ws FROM (SELECT DISTINCT id, name, ${tumbled} FROM person) AS P JOIN (SELECT DISTINCT seller, ${tumbled} FROM auction) AS A ON P.id = A.seller AND P.ws = A.ws`,
  q9: `SELECT * EXCLUDE (n) FROM (SELECT A.* EXCLUDE (round), B.auction, B.bidder, B.price, B.ts AS bidTs, B.extra AS bidExtra, ROW_NUMBER() OVER (PARTITION BY A.id ORDER BY B.price DESC, B.ts) AS n ${wonBids}) WHERE n = 1`,
  q10: `SELECT auction, bidder, price, ts, extra, ${day}, ${minute} FROM bid`,
  q11: `SELECT bidder, COUNT(*), MIN(ts), MAX(ts) + 10000 FROM (SELECT *, SUM(isNew) OVER (PARTITION BY bidder ORDER BY ts) AS n FROM (SELECT *, CASE WHEN ts - LAG(ts) OVER (PARTITION BY bidder ORDER BY ts) <= 10000 THEN 0 ELSE 1 END AS isNew FROM bid)) GROUP BY bidder, n`,
  q12: "SELECT bidder, COUNT(*), ws, ws + 10000 FROM (SELECT bidder, round * 3000 - round * 3000 % 10000 AS ws FROM bid) GROUP BY bidder, ws",
  q14: `SELECT auction, bidder, 908 * price, CASE WHEN hour BETWEEN 8 AND 18 THEN 'dayTime' WHEN hour <= 6 OR hour >= 20 THEN 'nightTime' ELSE 'otherTime' END, ts, extra, length(extra) - length(replace(extra, 'c', '')) FROM (SELECT *, hour(make_timestamp(ts * 1000)) AS hour FROM bid) WHERE 908 * price > 1000000000 AND 908 * price < 50000000000`,
  q15: `SELECT ${day}, ${allCounts} FROM bid GROUP BY ${day}`,
  q16: `SELECT channel, ${day}, MAX(${minute}), ${allCounts} FROM bid GROUP BY channel, ${day}`,
  q17: `SELECT auction, ${day}, ${countsOf("*")}, MIN(price), MAX(price), SUM(price) // COUNT(*), SUM(price) FROM bid GROUP BY auction, ${day}`,
  q18: "SELECT auction, bidder, price, channel, url, ts, extra FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY bidder, auction ORDER BY ts DESC) AS n FROM bid) WHERE n <= 1",
  q19: "SELECT auction, bidder, price, channel, url, ts, extra, n FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY auction ORDER BY price DESC) AS n FROM bid) WHERE n <= 10",
  q20: "SELECT auction, bidder, price, channel, url, B.ts, B.extra, itemName, description, initialBid, reserve, A.ts, expires, seller, category, A.extra FROM bid B JOIN auction A ON B.auction = A.id WHERE A.category = 10",
  q21: `SELECT auction, bidder, price, channel, CASE lower(channel) WHEN 'apple' THEN '0' WHEN 'google' THEN '1' WHEN 'facebook' THEN '2' WHEN 'baidu' THEN '3' ELSE regexp_extract(url, ${channelId}, 2) END FROM bid WHERE regexp_matches(url, ${channelId}) OR ${hotChannels}`,
  q22: "SELECT auction, bidder, price, channel, split(url, '/')[4], split(url, '/')[5], split(url, '/')[6] FROM bid",
};
