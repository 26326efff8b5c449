import { fileStamp } from '#shared/wall-time.ts';
import { t } from '#shared/words.ts';

import { nowMs } from '../stores/clock.ts';
import type { LegendItem } from './chart-data.ts';
import { drawSwatch } from './chart-legend.tsx';
import { themeColour } from './chart-look.ts';
import { formatDateTime } from './format.ts';
import { saveBlob, toFileName } from './save-file.ts';

interface ChartPicture {
  title: string;
  range: string | null;
  legend: readonly LegendItem[];
  practice: boolean;
  /** The chart itself, at the resolution of the screen. */
  drawn: HTMLCanvasElement;
}

const PAD = 20;
const HEAD = 62;
const FOOT = 18;
const LEAST_WIDTH = 420;
const SWATCH_TOP = 37;

/** Saves what is drawn as a PNG, on the theme's ground, with its title, its names and the time at which it was made. */
export async function saveChartPicture(picture: ChartPicture): Promise<void> {
  const atMs = nowMs();
  const blob = await new Promise<Blob | null>((resolve) =>
    compose(picture, atMs).toBlob(resolve, 'image/png'),
  );
  if (blob === null) throw new Error('The chart is too large for a picture.');
  saveBlob(`${toFileName(picture.title, 'chart')}-${fileStamp(atMs)}.png`, blob);
}

function compose({ title, range, legend, practice, drawn }: ChartPicture, atMs: number): HTMLCanvasElement {
  const scale = window.devicePixelRatio;
  const width = Math.max(LEAST_WIDTH, drawn.width / scale + 2 * PAD);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round((HEAD + FOOT + PAD) * scale) + drawn.height;
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('This system draws no pictures.');
  pen.scale(scale, scale);
  pen.fillStyle = themeColour('surface');
  pen.fillRect(0, 0, width, canvas.height / scale);
  write(title, PAD, 26, '600 15px', 'ink');
  if (practice) {
    const titleWidth = pen.measureText(title).width;
    write(t('PRACTICE, no real money'), PAD + titleWidth + 12, 26, '600 11px', 'practice');
  }
  let left = PAD;
  for (const { name, tone, shape } of legend) {
    drawSwatch(pen, { shape, tone }, left, SWATCH_TOP);
    write(name, left + 20, 46, '11px', 'muted');
    left += 20 + pen.measureText(name).width + 16;
  }
  // The drawing is in pixels of the screen already.
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.drawImage(drawn, Math.round(PAD * scale), Math.round(HEAD * scale));
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  const made = t('Quarterdeck, {dateTime}', { dateTime: formatDateTime(atMs) });
  write(
    range === null ? made : `${range}. ${made}`,
    PAD,
    HEAD + drawn.height / scale + FOOT + 4,
    '11px',
    'faint',
  );
  return canvas;

  function write(text: string, x: number, y: number, font: string, colour: string): void {
    if (pen === null) return;
    pen.font = `${font} "Inter Variable", system-ui, sans-serif`;
    pen.fillStyle = themeColour(colour);
    pen.fillText(text, x, y);
  }
}
