// Terraform's numbers are exact decimals: which of them a JavaScript number can carry without changing them.

/** A number that neither a JavaScript number nor a bigint holds exactly, as its decimal text. */
export class Decimal {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** How a number is held: number where it is exact, bigint for large integers, Decimal for everything else. */
export type NumberValue = number | bigint | Decimal;

const INTEGER = /^-?\d+$/;
const DECIMAL = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,4})?$/;

/** A bigint as a number when that is safe. */
export function fromInteger(value: bigint): number | bigint {
  const narrow = Number(value);
  return Number.isSafeInteger(narrow) ? narrow : value;
}

/**
 * The number a decimal text means; undefined when it is none. `0.1` becomes the number that prints as `0.1`, which
 * is sent back as the same text: the host compares decimals, not doubles.
 */
export function fromText(text: string): NumberValue | undefined {
  if (INTEGER.test(text)) return fromInteger(BigInt(text));
  if (!DECIMAL.test(text)) return undefined;
  const narrow = Number(text);
  return String(narrow) === text ? narrow : new Decimal(text);
}

/** A double as it came over the wire: kept as a number only when its shortest text means exactly that double. */
export function fromDouble(value: number): NumberValue | undefined {
  if (!Number.isFinite(value)) return undefined;
  if (Number.isInteger(value)) return fromInteger(BigInt(value));
  const exact = exactText(value);
  return exact === String(value) ? value : new Decimal(exact);
}

/** Whether two numbers are held equal. */
export function sameNumber(a: NumberValue, b: NumberValue): boolean {
  if (a instanceof Decimal || b instanceof Decimal) {
    return a instanceof Decimal && b instanceof Decimal && a.text === b.text;
  }
  return a === b;
}

/** The full decimal expansion of a finite, fractional double. */
function exactText(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(value));
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = exponent === 0 ? fraction : fraction | 0x10000000000000n;
  const places = 1075 - Math.max(exponent, 1);
  const digits = (mantissa * 5n ** BigInt(places)).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, -places);
  return `${value < 0 ? '-' : ''}${whole}.${digits.slice(-places).replace(/0+$/, '')}`;
}
