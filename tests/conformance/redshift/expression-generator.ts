/** Random expressions that Redshift and PostgreSQL understand alike, from a seed. */
export class ExpressionGenerator {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** Mulberry32: a number from 0 to below 1. */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let value = this.#state;
    value = Math.imul(value ^ (value >>> 15), value | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  }

  #between(low: number, high: number): number {
    return low + Math.floor(this.#next() * (high - low + 1));
  }

  #one<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.#next() * items.length)];
    if (item === undefined) throw new Error("nothing to choose from");
    return item;
  }

  #text(): string {
    const letters = ["a", "b", "c", "A", "B", " ", "-", "1", "2", "é", "日", "_", "%", ".", "x"];
    let text = "";
    for (let count = this.#between(0, 9); count > 0; count--) text += this.#one(letters);
    return `'${text}'`;
  }

  #plain(): string {
    return `'${this.#one(["a", "b", "ab", "1", "-", " ", "abc", "x1"])}'`;
  }

  text(): string {
    const x = this.#text();
    const n = this.#between(0, 6);
    return this.#one([
      () => `substring(${x}, ${this.#between(-3, 6)}, ${n})`,
      () => `substring(${x}, ${this.#between(-3, 6)})`,
      () => `left(${x}, ${n})`,
      () => `right(${x}, ${n})`,
      () => `lpad(${x}, ${n}, ${this.#plain()})`,
      () => `rpad(${x}, ${n}, ${this.#plain()})`,
      () => `lpad(${x}, ${n})`,
      () => `btrim(${x}, ${this.#plain()})`,
      () => `ltrim(${x}, 'ab ')`,
      () => `rtrim(${x}, ' x1')`,
      () => `trim(${x})`,
      () => `replace(${x}, ${this.#plain()}, ${this.#plain()})`,
      () => `translate(${x}, 'abc', 'xy')`,
      () => `split_part(${x}, ${this.#plain()}, ${this.#between(1, 3)})`,
      () => `repeat(${x}, ${this.#between(-1, 3)})`,
      () => `reverse(${x})`,
      () => `initcap(${x})`,
      () => `upper(${x}) || lower(${this.#text()})`,
      () => `md5(${x})`,
      () => `quote_ident(${this.#plain()})`,
      () => `coalesce(nullif(${this.#plain()}, ${this.#plain()}), 'same')`,
      () => `case when ${x} like ${this.#pattern()} then 'y' else 'n' end`,
      () => `case when ${x} similar to ${this.#similar()} then 'y' else 'n' end`,
      () => `case when ${x} ~ ${this.#regex()} then 'y' else 'n' end`,
      () => `case when ${x} ~* ${this.#regex()} then 'y' else 'n' end`,
      () => `cast(${x} as varchar(${this.#between(20, 40)}))`,
    ])();
  }

  #pattern(): string {
    return this.#one(["'%a%'", "'a_'", "'%'", "'_%b'", "'%1'", "''", "'%é%'"]);
  }

  #similar(): string {
    return this.#one(["'(a|b)%'", "'%[0-9]%'", "'_*'", "'a+'", "'%(ab|c)'"]);
  }

  #regex(): string {
    return this.#one(["'^a'", "'[0-9]+'", "'b$'", "'[a-z]{2,}'", "'a|é'", "'(ab)*c'", "'[^a-c]'", "'.'"]);
  }

  whole(): string {
    const [a, b] = [this.#between(-1000, 1000), this.#between(1, 60)];
    const x = this.#text();
    return this.#one([
      () => `(${a}) / ${b}`,
      () => `(${a}) % ${b}`,
      () => `(${a}) * ${b} - ${a}`,
      () => `mod(${a}, ${b})`,
      () => `abs(${a})`,
      () => `(${a} & ${b}) | (${a} # ${b})`,
      () => `(${b} << ${this.#between(0, 8)}) + (${a} >> ${this.#between(0, 5)})`,
      () => `length(${x}) + octet_length(${x})`,
      () => `strpos(${x}, ${this.#plain()})`,
      () => `ascii(${x})`,
      () => `greatest(${a}, ${b}, null)`,
      () => `least(${a}, null, ${b})`,
      () => `cast(${this.#decimal()} as int)`,
      () => `cast(cast(${this.#decimal()} as float8) as bigint)`,
      () => `case when ${a} between ${-b} and ${b} then 1 else 0 end`,
      () => `(${this.#date()} - ${this.#date()})`,
      () =>
        `cast(extract(${this.#one(["year", "month", "day", "dow", "doy", "week", "quarter", "century"])} from ${this.#timestamp()}) as int)`,
      () => `cast(extract(${this.#one(["hour", "minute"])} from ${this.#timestamp()}) as int)`,
    ])();
  }

  #decimal(): string {
    const scale = this.#between(0, 4);
    const whole = this.#between(-9999, 9999);
    return scale === 0
      ? `(${whole})`
      : `(${whole}.${String(this.#between(0, 10 ** scale - 1)).padStart(scale, "0")})`;
  }

  decimal(): string {
    const [a, b] = [this.#decimal(), this.#decimal()];
    return this.#one([
      () => `${a} + ${b}`,
      () => `${a} - ${b} * ${this.#between(-9, 9)}`,
      () => `${a} * ${b}`,
      () => `round(cast(${a} as numeric(12, 4)), ${this.#between(-2, 4)})`,
      () => `trunc(cast(${a} as numeric(12, 4)), ${this.#between(-2, 4)})`,
      () => `ceil(cast(${a} as numeric(12, 4))) + floor(cast(${b} as numeric(12, 4)))`,
      () => `sign(cast(${a} as numeric(12, 4)))`,
      () => `mod(cast(${a} as numeric(12, 4)), ${this.#between(1, 50)}.5)`,
      () => `abs(${a})`,
      () => `cast(${a} as numeric(10, ${this.#between(0, 4)}))`,
      () => `cast('${this.#between(0, 999)}.${this.#between(0, 999)}' as numeric(10, 3))`,
    ])();
  }

  #date(): string {
    return `date '${this.#day()}'`;
  }

  #day(): string {
    const two = (value: number): string => String(value).padStart(2, "0");
    return `${this.#between(1960, 2039)}-${two(this.#between(1, 12))}-${two(this.#between(1, 28))}`;
  }

  #timestamp(): string {
    const two = (value: number): string => String(value).padStart(2, "0");
    const clock = [this.#between(0, 23), this.#between(0, 59), this.#between(0, 59)].map(two).join(":");
    return `timestamp '${this.#day()} ${clock}${this.#one(["", ".5", ".123456"])}'`;
  }

  #interval(): string {
    const unit = this.#one(["day", "month", "year", "hour", "minute", "second", "week"]);
    return `interval '${this.#between(-40, 40)} ${unit}'`;
  }

  date(): string {
    return this.#one([
      () => `${this.#date()} + ${this.#between(-500, 500)}`,
      () => `${this.#date()} + ${this.#interval()}`,
      () => `${this.#timestamp()} - ${this.#interval()}`,
      () =>
        `date_trunc('${this.#one(["hour", "day", "week", "month", "quarter", "year", "decade", "century", "minute"])}', ${this.#timestamp()})`,
      () => `cast(${this.#timestamp()} as date)`,
      () => `to_date('${this.#day()}', 'YYYY-MM-DD')`,
      () =>
        `${this.#timestamp()} at time zone '${this.#one(["UTC", "America/New_York", "Asia/Tokyo", "EST"])}'`,
      () =>
        `cast('${this.#one(["January 8, 1999", "1/8/1999", "1999-Jan-08", "Jan-08-1999", "08-Jan-1999", "19990108", "990108"])}' as date)`,
      () =>
        `cast('${this.#day()} ${this.#one(["04:05", "04:05:06", "04:05:06.789", "040506", "04:05 AM", "04:05 PM"])}' as timestamp)`,
    ])();
  }

  formatted(): string {
    const fields = [
      "YYYY",
      "YY",
      "MM",
      "DD",
      "HH24",
      "HH12",
      "MI",
      "SS",
      "MS",
      "US",
      "AM",
      "Month",
      "MON",
      "mon",
      "Day",
      "DY",
      "DDD",
      "D",
      "ID",
      "IW",
      "WW",
      "W",
      "Q",
      "CC",
      "J",
      "RM",
      "IYYY",
      "FMMonth",
      "FMDD",
      "DDth",
      "FMDDD",
      "SSSS",
      "Y,YYY",
      "BC",
      '"T"',
    ];
    const format = Array.from({ length: this.#between(1, 4) }, () => this.#one(fields)).join(
      this.#one(["-", " ", "/", ":", ", "]),
    );
    if (this.#next() < 0.5) return `to_char(${this.#timestamp()}, '${format}')`;
    const pattern = this.#one([
      "999",
      "9999.99",
      "0000",
      "FM999.00",
      "9,999",
      "99,999.9",
      "S9999",
      "9999S",
      "9999MI",
      "999PR",
      "FM9999",
      "0.99",
      "FM0.999",
      "9G999D99",
      "99V99",
      "RN",
      "9999th",
      "SG9999",
      "PL9999",
      "FM99,999.009",
      "MI9999.9",
    ]);
    return `to_char(${this.#decimal()}, '${pattern}')`;
  }

  interval(): string {
    const several = (): string =>
      `interval '${this.#between(0, 3)} years ${this.#between(-5, 14)} months ${this.#between(-40, 40)} days ${this.#between(0, 30)}:${this.#between(10, 59)}:${this.#between(10, 59)}${this.#one(["", ".25"])}'`;
    return this.#one([
      several,
      () => `${several()} + ${this.#interval()}`,
      () => `${this.#timestamp()} - ${this.#timestamp()}`,
      () => `${this.#interval()} * ${this.#between(-4, 9)}`,
      () =>
        `time '${this.#between(10, 23)}:${this.#between(10, 59)}' - time '${this.#between(10, 23)}:${this.#between(10, 59)}:07'`,
      () => `cast('${this.#between(0, 9)} ${this.#between(10, 20)}:10' as interval)`,
      () =>
        `cast('${this.#one(["1-2", "@ 3 weeks 2 hrs ago", "4 decades", "2.5 days", "1.5 months", "-3 mins", "1 y 2 mon"])}' as interval)`,
    ])();
  }

  parsed(): string {
    const two = (value: number): string => String(value).padStart(2, "0");
    const [year, month, day] = [
      this.#between(1971, 2068),
      two(this.#between(1, 12)),
      two(this.#between(1, 28)),
    ];
    const hour = this.#between(1, 12);
    return this.#one([
      () => `to_date('${day}.${month}.${year}', 'DD.MM.YYYY')`,
      () => `to_date('${year}${month}${day}', 'YYYYMMDD')`,
      () => `to_date('${month}/${day}/${two(year % 100)}', 'MM/DD/YY')`,
      () => `to_date('${day} ${this.#one(["Jan", "feb", "OCT"])} ${year}', 'DD Mon YYYY')`,
      () => `to_date('${this.#one(["June", "december"])} ${day}, ${year}', 'Month DD, YYYY')`,
      () => `to_date('${year}-${this.#between(100, 365)}', 'YYYY-DDD')`,
      () =>
        `to_timestamp('${year}-${month}-${day} ${two(hour)}:07:08 ${this.#one(["AM", "pm"])}', 'YYYY-MM-DD HH12:MI:SS AM')`,
      () =>
        `to_timestamp('${year}-${month}-${day} ${two(hour)}:07:08.${this.#between(100, 999)}', 'YYYY-MM-DD HH24:MI:SS.MS')`,
      () =>
        `to_number('${this.#between(1, 9)},${this.#between(100, 999)}.${this.#between(10, 99)}-', '9G999D99S') + 0.00`,
      () => `to_number('${this.#between(1, 9999)}', '9999')`,
      () =>
        `cast('${year}-${month}-${day} ${two(hour)}:07${this.#one(["+02", "-05:30", "Z", " UTC", ""])}' as timestamptz)`,
    ])();
  }

  float(): string {
    const x = `cast(${this.#decimal()} as float8)`;
    const call = this.#one([
      () => `sqrt(abs(${x}))`,
      () => `exp(${x} / 1000)`,
      () => `ln(abs(${x}) + 1)`,
      () => `power(abs(${x}), 0.3)`,
      () => `cbrt(${x})`,
      () => `sin(${x}) + cos(${x})`,
      () => `atan2(${x}, 3)`,
      () => `degrees(radians(${x}))`,
      () => `${x} / ${this.#between(1, 9)} - ${x} * 0.25`,
      () => `floor(${x}) + ceil(${x}) + sign(${x})`,
      () => `round(${x})`,
      () => `trunc(${x})`,
    ])();
    return `round(cast(${call} as numeric(24, 9)), 6)`;
  }
}
