import { themeColour } from '../../ui/chart-look.ts';
import { formatMoney, formatShare } from '../../ui/format.ts';
import { svgPicture } from '../../ui/svg-picture.ts';
import type { AllocationSlice } from './allocation.ts';

const ROW = 22;
const GAP = 28;
const NAMES_WIDTH = 260;

/** The ring with the names of its parts beside it, which on screen are buttons. */
export async function allocationPicture(
  svg: SVGSVGElement | null,
  slices: readonly AllocationSlice[],
): Promise<HTMLCanvasElement> {
  if (svg === null) throw new Error('Nothing is drawn.');
  const ring = await svgPicture(svg);
  const colours = [...svg.querySelectorAll('path')].map((path) => getComputedStyle(path).fill);
  const scale = window.devicePixelRatio;
  const canvas = document.createElement('canvas');
  canvas.width = ring.width + Math.round((GAP + NAMES_WIDTH) * scale);
  canvas.height = Math.max(ring.height, Math.round(slices.length * ROW * scale));
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('This system draws no pictures.');
  pen.drawImage(ring, 0, 0);
  pen.scale(scale, scale);
  pen.font = '12px "Inter Variable", system-ui, sans-serif';
  const left = ring.width / scale + GAP;
  for (const [index, { label, sharePct, valueUsd }] of slices.entries()) {
    const middle = index * ROW + ROW / 2;
    pen.fillStyle = colours[index] ?? '';
    pen.fillRect(left, middle - 5, 10, 10);
    pen.fillStyle = themeColour('ink');
    pen.textAlign = 'left';
    pen.fillText(label, left + 18, middle + 4);
    pen.textAlign = 'right';
    pen.fillText(formatShare(sharePct), left + 140, middle + 4);
    pen.fillText(formatMoney(valueUsd), left + NAMES_WIDTH, middle + 4);
  }
  return canvas;
}
