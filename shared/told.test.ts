import { afterEach, describe, expect, it } from 'vitest';

import { setLocale } from './locale.ts';
import { told } from './told.ts';
import { speak } from './words.ts';

const WORDS = {
  'Time ran out.': 'Die Zeit ist abgelaufen.',
  'refused by the server': 'vom Server abgelehnt',
  'Nobody is followed.': 'Niemandem wird gefolgt.',
  '{host} refuses the connection. Is it running?': '{host} lehnt die Verbindung ab. Läuft es?',
  '{name} is halted (set by {setBy}).': '{name} steht still (gesetzt von {setBy}).',
  '{name} is not connected.': '{name} ist nicht verbunden.',
  'Not sent. {why}': 'Nicht gesendet. {why}',
  'It was {status}{by} already.':
    'Darüber wurde schon entschieden: {status, select, approved {genehmigt} other {abgelehnt}}{by}.',
  ' by {decidedBy}': ' von {decidedBy}',
  '{count, plural, one {# follow is} other {# follows are}} left.':
    '{count, plural, one {# Folge bleibt} other {# Folgen bleiben}}.',
  '{a}: {b}': '{a} = {b}',
  'Switch {state}': 'Schalter {state, select, on {an} other {aus}}',
  'Switch {state}: {reason}': 'Schalter {state, select, on {an} other {aus}}: {reason}',
  Trading: 'Handel',
  'About {name}': 'Über {name}',
  'About {valueUsd}': 'Etwa {valueUsd}',
};

afterEach(() => {
  speak('en', {});
  setLocale('en-US');
});

describe('a text of the main process, told in another language', () => {
  it.each([
    ['of fixed words', 'Time ran out.', 'Die Zeit ist abgelaufen.'],
    [
      'with a value',
      '10.0.0.7:99 refuses the connection. Is it running?',
      '10.0.0.7:99 lehnt die Verbindung ab. Läuft es?',
    ],
    [
      'of two sentences',
      'Nobody is followed. Time ran out.',
      'Niemandem wird gefolgt. Die Zeit ist abgelaufen.',
    ],
    ['of which one is unknown', 'The moon is up. Time ran out.', 'The moon is up. Die Zeit ist abgelaufen.'],
    ['with a sentence in it', 'Not sent. refused by the server', 'Nicht gesendet. vom Server abgelehnt'],
    [
      'that chooses by the English value',
      'It was declined by Ann already.',
      'Darüber wurde schon entschieden: abgelehnt von Ann.',
    ],
    ['with an amount, which is no name', 'About $29,100.', 'Etwa $29,100.'],
    ['with two values, and not with one over both', 'Switch on: hot', 'Schalter an: hot'],
    ['in the singular', '1 follow is left.', '1 Folge bleibt.'],
    ['in the plural', '4 follows are left.', '4 Folgen bleiben.'],
    ['behind a name', 'My bot: Trading: Time ran out.', 'My bot: Handel: Die Zeit ist abgelaufen.'],
    ['as a list', 'Trading, refused by the server', 'Handel, vom Server abgelehnt'],
  ])('is found %s', (_, english, german) => {
    speak('de', WORDS);
    expect(told(english)).toBe(german);
  });

  it('has its figures in the way of writing of the desk, and follows a change of it', () => {
    speak('de', WORDS);
    expect(told('About $29,100.50')).toBe('Etwa $29,100.50');
    setLocale('de-DE');
    expect(told('About $29,100.50')).toBe('Etwa 29.100,50\u00a0$');
    expect(told('About 1.5')).toBe('Über 1.5');
    expect(told('1,000 follows are left.')).toBe('1,000 Folgen bleiben.');
    expect(told('10.0.0.7:99 refuses the connection. Is it running?')).toMatch(/^10\.0\.0\.7:99 lehnt/);
    expect(told('It is at $29,100.50 now.')).toBe('It is at $29,100.50 now.');
  });

  it('leaves alone what a bot or a person wrote, names within a message included', () => {
    speak('de', WORDS);
    expect(told('BTC: to the moon')).toBe('BTC: to the moon');
    expect(told('Trading is not connected.')).toBe('Trading ist nicht verbunden.');
  });

  it('is as it is in English, and follows a change of the language', () => {
    expect(told('Time ran out.')).toBe('Time ran out.');
    speak('de', WORDS);
    expect(told('Time ran out.')).toBe('Die Zeit ist abgelaufen.');
    speak('en', {});
    expect(told('Time ran out.')).toBe('Time ran out.');
  });

  it('D5 a long text of a stranger is not looked through, and one made to be hard is told like any other', () => {
    speak('de', WORDS);
    const long = `${'x'.repeat(1_000)}: Time ran out.`;
    expect(told(long)).toBe(long);
    const hard = `${' is halted (set by '.repeat(100)}x`;
    expect(told(hard)).toBe(hard);
  });
});
