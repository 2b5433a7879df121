// Bit streams of docs/search-format.md: two codes for numbers, most significant bit first.

const MOST_ZEROS = 8; // of a Rice code

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

  rice(order) {
    const zeros = Math.clz32(this.peek());
    if (zeros >= MOST_ZEROS) {
      this.place += MOST_ZEROS;
      return this.expGolomb(order + 2) + MOST_ZEROS * 2 ** order;
    }
    this.place += zeros;
    return this.bits(order + 1) + (zeros - 1) * 2 ** order;
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

export const bitLength = (number) => 32 - Math.clz32(number);

/** Order of the code for gaps between `frequency` entries among so many places. */
export const gapOrder = (places, frequency) =>
  bitLength(Math.max(Math.floor((places * 13) / (16 * frequency)), 1)) - 1;

/** Order of the code for how many of `count` frequencies are above one. */
export const countOrder = (count) => bitLength(Math.max(count >> 2, 1)) - 1;
