// Bit streams of docs/search-format.md: Exp-Golomb codes, most significant bit first.

export class BitReader {
  /** `start` and `end` are byte places in `bytes`; reading past the end gives zeros. */
  constructor(bytes, start = 0) {
    this.bytes = bytes;
    this.place = start * 8;
  }

  /** The next 32 bits, without moving on. */
  peek() {
    const b = this.bytes, i = this.place >>> 3, shift = this.place & 7;
    const word = (b[i] << 24) | (b[i + 1] << 16) | (b[i + 2] << 8) | b[i + 3];
    return (shift ? (word << shift) | ((b[i + 4] ?? 0) >> (8 - shift)) : word) >>> 0;
  }

  bits(count) {
    const word = this.peek();
    this.place += count;
    return count ? word >>> (32 - count) : 0;
  }

  expGolomb(order) {
    const zeros = Math.clz32(this.peek());
    this.place += zeros;
    return this.bits(zeros + 1 + order) - 2 ** order;
  }
}

/** Seven bits a byte, least significant first. Moves `at.place` on. */
export function variableInt(bytes, at) {
  let number = 0, scale = 1, byte;
  do {
    byte = bytes[at.place++];
    number += (byte & 127) * scale;
    scale *= 128;
  } while (byte & 128);
  return number;
}

const bitLength = (number) => 32 - Math.clz32(number);

/** Order of the code for gaps between `frequency` entries among `documents`. */
export const gapOrder = (documents, frequency) =>
  bitLength(Math.max(Math.floor((documents * 11) / (16 * frequency)), 1)) - 1;
