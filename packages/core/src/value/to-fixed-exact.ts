/**
 * A number with a fixed count of decimals (0 to 1000). Rounds the exact binary value, ties to even, and never writes an exponent:
 * 0.125 with two digits is `0.12`, where `toFixed` says `0.13`. NaN and infinity are printed as JavaScript prints them.
 */
export function toFixedExact(value: number, digits: number): string {
  if (!Number.isFinite(value)) return String(value);
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const scaled = roundToEven(Math.abs(value), digits)
    .toString()
    .padStart(digits + 1, "0");
  if (digits === 0) return sign + scaled;
  return `${sign}${scaled.slice(0, -digits)}.${scaled.slice(-digits)}`;
}

function roundToEven(value: number, digits: number): bigint {
  const { mantissa, exponent } = split(value);
  const scaled = mantissa * 10n ** BigInt(digits);
  if (exponent >= 0) return scaled << BigInt(exponent);
  const shift = BigInt(-exponent);
  const floor = scaled >> shift;
  const twiceRest = (scaled - (floor << shift)) * 2n;
  const unit = 1n << shift;
  if (twiceRest < unit || (twiceRest === unit && floor % 2n === 0n)) return floor;
  return floor + 1n;
}

/** `value` as mantissa × 2^exponent, both whole. */
function split(value: number): { mantissa: bigint; exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  if (biased === 0) return { mantissa: fraction, exponent: -1074 };
  return { mantissa: fraction | (1n << 52n), exponent: biased - 1075 };
}
