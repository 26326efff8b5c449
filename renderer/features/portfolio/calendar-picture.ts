import { compare, toFloat } from '#shared/money.ts';
import { wallTime } from '#shared/wall-time.ts';

import { themeColour } from '../../ui/chart-look.ts';
import { formatMoney } from '../../ui/format.ts';
import type { DayProfit } from './month-days.ts';
import { weekdayNames } from './month-days.ts';

const CELL_WIDTH = 112;
const CELL_HEIGHT = 52;
const GAP = 4;
const HEAD_HEIGHT = 20;

/** The month as a picture: under the days of the week each day with its number and what it brought, deposits with a dot. */
export function calendarPicture(days: readonly DayProfit[], blanks: number, most: number): HTMLCanvasElement {
  const scale = window.devicePixelRatio;
  const rows = Math.ceil((days.length + blanks) / 7);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(7 * CELL_WIDTH * scale);
  canvas.height = Math.round((HEAD_HEIGHT + rows * CELL_HEIGHT) * scale);
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('This system draws no pictures.');
  pen.scale(scale, scale);
  pen.fillStyle = themeColour('muted');
  pen.font = '11px "Inter Variable", system-ui, sans-serif';
  for (const [column, weekday] of weekdayNames().entries())
    pen.fillText(weekday, column * CELL_WIDTH + 7, HEAD_HEIGHT - 8);
  for (const [index, { startMs, profit }] of days.entries()) {
    const left = ((index + blanks) % 7) * CELL_WIDTH;
    const top = HEAD_HEIGHT + Math.floor((index + blanks) / 7) * CELL_HEIGHT;
    const sign = profit.profitUsd === null ? 0 : compare(profit.profitUsd, '0');
    pen.beginPath();
    pen.roundRect(left, top, CELL_WIDTH - GAP, CELL_HEIGHT - GAP, 5);
    if (sign !== 0 && profit.profitUsd !== null && most > 0) {
      pen.globalAlpha = 0.25 + (Math.abs(toFloat(profit.profitUsd)) / most) * 0.75;
      pen.fillStyle = themeColour(sign > 0 ? 'gain-soft' : 'loss-soft');
      pen.fill();
      pen.globalAlpha = 1;
    }
    pen.strokeStyle = themeColour('line');
    pen.stroke();
    pen.fillStyle = themeColour('muted');
    pen.font = '11px "Inter Variable", system-ui, sans-serif';
    pen.fillText(String(wallTime(startMs).day), left + 7, top + 16);
    if (compare(profit.depositsUsd, '0') !== 0) {
      pen.fillStyle = themeColour('warn');
      pen.fillRect(left + 26, top + 10, 5, 5);
    }
    if (profit.profitUsd === null) continue;
    pen.fillStyle = themeColour(sign > 0 ? 'gain' : sign < 0 ? 'loss' : 'muted');
    pen.font = '600 12px "Inter Variable", system-ui, sans-serif';
    pen.fillText(formatMoney(profit.profitUsd, true), left + 7, top + 38, CELL_WIDTH - GAP - 14);
  }
  return canvas;
}
