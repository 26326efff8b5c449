import type { BackendKindDescriptor } from '#shared/domain/backends/backend.ts';

export const ABOUT_READ = 'about';

/** The market hub as the window shows it. It broadcasts and takes nothing in, so there is nothing to act on. */
export const descriptor: BackendKindDescriptor = {
  kind: 'market-hub',
  label: 'Market hub',
  summary:
    'A WebSocket broadcast of prices, portfolio, trades, alerts, predictions and patterns. To watch only. It knows no sign-in: whoever reaches its address hears everything, so use it on this machine or through a tunnel.',
  addressPlaceholder: 'ws://127.0.0.1:8765',
  secrets: [],
  panic: {
    supported: false,
    does: [],
    doesNot: [
      'A market hub can only be watched: it takes no orders from anybody, so PANIC cannot halt what trades behind it.',
    ],
    byHand:
      'Stop the trading program that publishes to this hub on the machine where it runs, or log in at the exchange and cancel its open orders there.',
  },
  reads: [
    {
      id: ABOUT_READ,
      group: 'Server',
      label: 'About the hub',
      help: 'What the hub last said of itself: status, listeners (you are one of them), its clock, and the profit that it reckons for its account.',
      figures: { profitAndLoss: 'usd-change', profitAndLossPct: 'percent-change' },
      params: [],
      view: 'detail',
      caution:
        'Its times carry no zone. The one shown is concluded from when messages arrive here, and nothing is reckoned with it.',
      free: true,
    },
  ],
  acts: [],
  chat: null,
  alertsWithoutSource: [],
  mirrorsAccount: true,
};
