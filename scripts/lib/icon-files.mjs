import { readFileSync } from 'node:fs';

/** PNG files of an icon in one Windows `.ico`; each `{ size, file }` at most 256 pixels. */
export function icoFile(images) {
  const pngs = images.map(({ size, file }) => ({ size, png: readFileSync(file) }));
  const head = Buffer.alloc(6 + 16 * pngs.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pngs.length, 4);
  let offset = head.length;
  for (const [index, { size, png }] of pngs.entries()) {
    const at = 6 + 16 * index;
    // 256 does not fit into a byte and is written as 0.
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...pngs.map(({ png }) => png)]);
}

/** The kinds of picture in an Apple `.icns` and their size in pixels; some sizes are there twice, once for denser screens. */
const ICNS_KINDS = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
];

/** PNG files of an icon in one Apple `.icns`; `images` has all the sizes above. */
export function icnsFile(images) {
  const parts = ICNS_KINDS.map(([kind, size]) => {
    const png = readFileSync(images.find((image) => image.size === size).file);
    return Buffer.concat([Buffer.from(kind, 'ascii'), uint32(png.length + 8), png]);
  });
  const length = parts.reduce((sum, part) => sum + part.length, 8);
  return Buffer.concat([Buffer.from('icns', 'ascii'), uint32(length), ...parts]);
}

function uint32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
