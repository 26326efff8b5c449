import { createHash } from 'node:crypto';

import type { Severity } from '#shared/domain/alerts/alert.ts';
import { t } from '#shared/words.ts';

import type { OutboundMessage } from './channel-kind.ts';
import { SEVERITY_WORDS, whenOf } from './channel-kind.ts';

const COLOURS: Record<Severity, string> = {
  low: '#3fb27f',
  medium: '#b8921a',
  high: '#c9631a',
  critical: '#c22f2f',
};

/** Subject, text and HTML of a message. The same message has the same id for the same recipient, so that a mailbox can tell a repetition. */
export function emailOf(message: OutboundMessage, recipient: string) {
  const { id, body, severity, atMs, headline } = message;
  const title = headline ?? message.title;
  const word = SEVERITY_WORDS[severity];
  const when = whenOf(message);
  const urgent = severity === 'critical' || severity === 'high';
  return {
    subject: headline ?? `[${word}] ${title}`,
    messageId: `<${tokenOf(id)}.${tokenOf(recipient)}@quarterdeck.invalid>`,
    date: new Date(atMs),
    ...(urgent ? { priority: 'high' as const } : {}),
    text: `${title}\n\n${body}\n\n${word}, ${when}\n${t('Sent by Quarterdeck.')}\n`,
    html: [
      '<!doctype html><html><body style="margin:0;padding:24px;font-family:sans-serif;color:#1a1d24">',
      `<div style="border-left:4px solid ${COLOURS[severity]};padding:4px 16px">`,
      `<p style="margin:0 0 4px;font-size:12px;color:${COLOURS[severity]}"><strong>${word}</strong></p>`,
      `<h1 style="margin:0 0 8px;font-size:18px">${escapeHtml(title)}</h1>`,
      `<p style="margin:0;font-size:14px;line-height:1.5">${escapeHtml(body)}</p>`,
      `</div><p style="margin:16px 0 0;font-size:12px;color:#6b7280">${when}. ${escapeHtml(t('Sent by Quarterdeck.'))}</p>`,
      '</body></html>',
    ].join(''),
  };
}

const tokenOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 24);

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark);
