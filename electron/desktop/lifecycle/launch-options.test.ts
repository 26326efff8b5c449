import { describe, expect, it } from 'vitest';

import { parseLaunchOptions } from './launch-options.ts';

const ordinary = {
  dataFolder: null,
  clockFactor: 1,
  practiceControlPort: null,
  quietPractice: false,
  saveTo: null,
  openFrom: null,
  discordAddress: null,
};

describe('the launch options', () => {
  it('are those of an ordinary start when nothing is given', () => {
    expect(parseLaunchOptions({})).toEqual(ordinary);
    const empty = { QUARTERDECK_DATA: '', QUARTERDECK_PRACTICE_CONTROL: '', QUARTERDECK_SAVE_TO: '' };
    expect(parseLaunchOptions(empty)).toEqual(ordinary);
  });

  it('are read from the environment', () => {
    const env = {
      QUARTERDECK_DATA: '/data',
      QUARTERDECK_CLOCK: '60',
      QUARTERDECK_PRACTICE_CONTROL: '4100',
      QUARTERDECK_PRACTICE_QUIET: '1',
      QUARTERDECK_SAVE_TO: '/saved',
      QUARTERDECK_OPEN_FROM: '/opened.json',
    };
    expect(parseLaunchOptions(env)).toEqual({
      dataFolder: '/data',
      clockFactor: 60,
      practiceControlPort: 4100,
      quietPractice: true,
      saveTo: '/saved',
      openFrom: '/opened.json',
      discordAddress: null,
    });
  });

  it('open no control port and keep the time when a value makes no sense', () => {
    const env = { QUARTERDECK_CLOCK: '-3', QUARTERDECK_PRACTICE_CONTROL: '99999999' };
    expect(parseLaunchOptions(env)).toEqual(ordinary);
    expect(parseLaunchOptions({ QUARTERDECK_CLOCK: 'fast', QUARTERDECK_PRACTICE_CONTROL: 'yes' })).toEqual(
      ordinary,
    );
  });
});
