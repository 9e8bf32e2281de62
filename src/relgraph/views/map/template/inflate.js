"use strict";
/**
 * Decompression (zlib, RFC 1950 and 1951) for browsers without DecompressionStream: Firefox before 113, Safari before
 * 16.4. Slower than the browser's own, which is used where there is one.
 */
(() => {
  const rg = window.relgraph;
  const WINDOW = 2; // bytes of the header
  const MOST_BITS = 15; // of a code
  /** The order in which the lengths of the codes for lengths are told. */
  const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

  /** The first value of each code for a length or distance, and how many bits more tell which. @param {number} count @param {number} each @param {number} first */
  const steps = (count, each, first) => {
    const base = [];
    const extra = [];
    for (let i = 0, at = first; i < count; i++) {
      const bits = i < 2 * each ? 0 : Math.floor(i / each) - 1;
      base.push(at);
      extra.push(bits);
      at += 1 << bits;
    }
    return { base, extra };
  };
  const lengths = steps(28, 4, 3);
  lengths.base.push(258);
  lengths.extra.push(0);
  const distances = steps(30, 2, 1);

  /** Canonical Huffman codes by their lengths: how many there are of each, and the symbols in order.
   * @param {ArrayLike<number>} bits */
  const tree = (bits) => {
    const counts = new Uint16Array(MOST_BITS + 1);
    for (let i = 0; i < bits.length; i++) counts[bits[i]]++;
    counts[0] = 0;
    const offsets = new Uint16Array(MOST_BITS + 1);
    for (let i = 1; i <= MOST_BITS; i++) offsets[i] = offsets[i - 1] + counts[i - 1];
    const symbols = new Uint16Array(bits.length);
    for (let i = 0; i < bits.length; i++) if (bits[i]) symbols[offsets[bits[i]]++] = i;
    return { counts, symbols };
  };
  /** @param {[number, number][]} runs */
  const repeated = (runs) => runs.flatMap(([count, bits]) => Array(count).fill(bits));
  const fixed = {
    literals: tree(repeated([[144, 8], [112, 9], [24, 7], [8, 8]])),
    far: tree(repeated([[30, 5]])),
  };

  rg.inflate = (bytes) => {
    let out = new Uint8Array(bytes.length * 8);
    let size = 0;
    let at = WINDOW;
    let held = 0;
    let count = 0;

    /** @param {number} more */
    const room = (more) => {
      if (size + more <= out.length) return;
      const larger = new Uint8Array(Math.max(2 * out.length, size + more));
      larger.set(out);
      out = larger;
    };
    /** @param {number} wanted */
    const take = (wanted) => {
      while (count < wanted) {
        if (at >= bytes.length) throw new Error("the data of this page are cut short");
        held |= bytes[at++] << count;
        count += 8;
      }
      const value = held & ((1 << wanted) - 1);
      held >>>= wanted;
      count -= wanted;
      return value;
    };
    /** @param {ReturnType<typeof tree>} codes */
    const symbol = ({ counts, symbols }) => {
      let [code, first, index] = [0, 0, 0];
      for (let bits = 1; bits <= MOST_BITS; bits++) {
        code |= take(1);
        if (code - counts[bits] < first) return symbols[index + code - first];
        index += counts[bits];
        first = (first + counts[bits]) << 1;
        code <<= 1;
      }
      throw new Error("the data of this page are damaged");
    };
    const stored = () => {
      [held, count] = [0, 0];
      const length = bytes[at] | (bytes[at + 1] << 8);
      room(length);
      out.set(bytes.subarray(at + 4, at + 4 + length), size);
      size += length;
      at += 4 + length;
    };
    const trees = () => {
      const [literals, far, codes] = [take(5) + 257, take(5) + 1, take(4) + 4];
      const bits = new Uint8Array(19);
      for (let i = 0; i < codes; i++) bits[ORDER[i]] = take(3);
      const told = tree(bits);
      /** @type {number[]} */
      const all = [];
      while (all.length < literals + far) {
        const next = symbol(told);
        if (next < 16) all.push(next);
        else {
          const value = next === 16 ? all[all.length - 1] : 0;
          const times = next === 16 ? 3 + take(2) : next === 17 ? 3 + take(3) : 11 + take(7);
          for (let i = 0; i < times; i++) all.push(value);
        }
      }
      return { literals: tree(all.slice(0, literals)), far: tree(all.slice(literals)) };
    };
    /** @param {typeof fixed} codes */
    const block = ({ literals, far }) => {
      for (let next = symbol(literals); next !== 256; next = symbol(literals)) {
        if (next < 256) {
          room(1);
          out[size++] = next;
          continue;
        }
        const length = lengths.base[next - 257] + take(lengths.extra[next - 257]);
        const code = symbol(far);
        const back = distances.base[code] + take(distances.extra[code]);
        room(length);
        for (let i = 0; i < length; i++, size++) out[size] = out[size - back];
      }
    };

    for (let last = 0; !last; ) {
      last = take(1);
      const kind = take(2);
      if (kind === 0) stored();
      else block(kind === 1 ? fixed : trees());
    }
    return out.subarray(0, size);
  };
})();
