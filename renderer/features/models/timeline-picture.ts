import { themeColour } from '../../ui/chart-look.ts';
import { formatDateTime } from '../../ui/format.ts';
import type { MarkKind, Timeline } from './run-timeline.ts';

const WIDTH = 820;
const HEIGHT = 64;
const MIDDLE = 24;

const COLOURS: Record<MarkKind, string> = {
  start: 'accent',
  day: 'line-strong',
  trade: 'accent',
  error: 'danger',
  step: 'faint',
  end: 'ok',
};

/** The moments of a run along a line, as on screen: shape and colour say what each is. */
export function timelinePicture({ fromMs, toMs, marks }: Timeline): HTMLCanvasElement {
  const scale = window.devicePixelRatio;
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH * scale;
  canvas.height = HEIGHT * scale;
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('This system draws no pictures.');
  pen.scale(scale, scale);
  pen.fillStyle = themeColour('line-strong');
  pen.fillRect(8, MIDDLE - 1, WIDTH - 16, 2);
  for (const { atMs, kind } of marks) {
    const share = toMs === fromMs ? 0 : Math.min(1, Math.max(0, (atMs - fromMs) / (toMs - fromMs)));
    pen.fillStyle = themeColour(COLOURS[kind]);
    drawMark(pen, kind, 8 + share * (WIDTH - 16));
  }
  pen.fillStyle = themeColour('faint');
  pen.font = '11px "Inter Variable", system-ui, sans-serif';
  pen.fillText(formatDateTime(fromMs), 2, HEIGHT - 6);
  pen.textAlign = 'right';
  pen.fillText(formatDateTime(toMs), WIDTH - 2, HEIGHT - 6);
  return canvas;
}

function drawMark(pen: CanvasRenderingContext2D, kind: MarkKind, x: number): void {
  pen.beginPath();
  if (kind === 'day') pen.rect(x - 1, MIDDLE - 8, 2, 16);
  else if (kind === 'trade') polygon(pen, x, [0, -6, 6, 0, 0, 6, -6, 0]);
  else if (kind === 'error') polygon(pen, x, [0, -7, 7, 6, -7, 6]);
  else pen.arc(x, MIDDLE, kind === 'step' ? 3 : 6, 0, 2 * Math.PI);
  pen.fill();
}

function polygon(pen: CanvasRenderingContext2D, x: number, corners: readonly number[]): void {
  for (let at = 0; at < corners.length; at += 2)
    pen.lineTo(x + (corners[at] ?? 0), MIDDLE + (corners[at + 1] ?? 0));
  pen.closePath();
}
