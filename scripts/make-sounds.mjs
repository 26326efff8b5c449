// Writes the sounds of Quarterdeck into resources/sounds. They are synthesised here and made for this project: sums of
// sine partials that strike softly and ring out, so that five of them can be told apart without startling anybody.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const RATE = 22_050;
const folder = join(import.meta.dirname, '..', 'resources', 'sounds');

/** One struck note: frequency in Hz, start and length in seconds, loudness 0..1, partials as [multiple, share]. */
const note = (hertz, start, length, loudness, partials = BELL) => ({
  hertz,
  start,
  length,
  loudness,
  partials,
});
const BELL = [
  [1, 1],
  [2, 0.35],
  [3.01, 0.12],
  [4.1, 0.05],
];
const WOOD = [
  [1, 1],
  [3.9, 0.18],
  [9.2, 0.04],
];
const HORN = [
  [1, 1],
  [2, 0.6],
  [3, 0.35],
  [4, 0.15],
  [5, 0.08],
];

const SOUNDS = {
  // A question: two notes going up, like a door bell heard from the next room.
  approval: [note(587.33, 0, 0.5, 0.6), note(880, 0.14, 0.8, 0.6)],
  // A tap on the shoulder: the same low note twice.
  alert: [note(466.16, 0, 0.3, 0.7, WOOD), note(466.16, 0.18, 0.5, 0.7, WOOD)],
  // Not to be missed: three quick pairs that do not resolve.
  critical: [0, 0.34, 0.68].flatMap((at) => [
    note(783.99, at, 0.16, 0.6, HORN),
    note(1108.73, at + 0.12, at === 0.68 ? 0.6 : 0.2, 0.6, HORN),
  ]),
  // Everything stops: three notes going down, ending deep.
  kill: [
    note(392, 0, 0.4, 0.6, HORN),
    note(293.66, 0.22, 0.4, 0.65, HORN),
    note(146.83, 0.44, 1.1, 0.8, HORN),
  ],
  // All clear: a chord that opens upwards.
  clear: [note(523.25, 0, 0.9, 0.4), note(659.25, 0.1, 0.9, 0.4), note(783.99, 0.2, 1.1, 0.45)],
};

mkdirSync(folder, { recursive: true });
for (const [name, notes] of Object.entries(SOUNDS)) {
  const samples = render(notes);
  writeFileSync(join(folder, `${name}.wav`), wav(samples));
  console.log(`${name}.wav  ${(samples.length / RATE).toFixed(2)} s`);
}

/** Adds the notes up and brings the loudest moment to -3 dB. */
function render(notes) {
  const seconds = Math.max(...notes.map(({ start, length }) => start + length));
  const samples = new Float64Array(Math.ceil(seconds * RATE));
  for (const { hertz, start, length, loudness, partials } of notes) {
    const first = Math.floor(start * RATE);
    const count = Math.floor(length * RATE);
    for (let index = 0; index < count && first + index < samples.length; index += 1) {
      const seconds = index / RATE;
      let value = 0;
      for (const [multiple, share] of partials) {
        // High partials die first, as on anything that is struck.
        value +=
          share *
          Math.exp((-4.5 * multiple ** 0.5 * seconds) / length) *
          Math.sin(2 * Math.PI * hertz * multiple * seconds);
      }
      samples[first + index] += loudness * value * softEdges(seconds, length);
    }
  }
  const peak = samples.reduce((loudest, value) => Math.max(loudest, Math.abs(value)), 0);
  return samples.map((value) => (value / peak) * 0.708);
}

/** 8 ms to rise and 60 ms to fall to nothing: no click at either end. */
function softEdges(seconds, length) {
  const rise = Math.min(1, seconds / 0.008);
  const fall = Math.min(1, Math.max(0, (length - seconds) / 0.06));
  return Math.sin((rise * Math.PI) / 2) * Math.sin((fall * Math.PI) / 2);
}

/** 16-bit mono PCM in a RIFF file. */
function wav(samples) {
  const data = Buffer.alloc(samples.length * 2);
  samples.forEach((value, index) => data.writeInt16LE(Math.round(value * 32_767), index * 2));
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}
