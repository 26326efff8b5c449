/** What the desk promises, a line each, in the order of the page. A test names its promise by beginning with its id. */
export const PROMISES = [
  {
    title: 'Panic',
    promises: {
      K1: 'One press reaches every connected backend at once; one that hangs delays no other.',
      K2: 'The request goes out first, also with the window closed or hung; within 5 s each backend is confirmed or called UNCONFIRMED.',
      K3: 'While killed nothing that adds risk is sent; what lowers it stays possible.',
      K4: 'Confirmed means read back from the backend; the banner stays until all are.',
      K5: 'A backend that is offline is halted first thing when it returns, and until then the person is told.',
      K6: 'Latched over crash, restart and update.',
      K7: 'Resuming takes a typed word and shows what may trade again; nothing restarts by itself.',
      K8: 'Any number of presses is one activation and one entry, with the presses counted.',
      K9: 'The dialog says what PANIC does on each backend and what it leaves alone.',
      K10: 'Two gestures from the tray, two presses of the hotkey.',
      K11: 'Its own request with its own time-out; where a backend cannot be reached it says what to do.',
      K12: 'A kill made elsewhere shows at once, with notification and sound.',
      K13: 'A rehearsal runs the whole path without effect and is recorded.',
      K14: 'A halt that a backend lifts by itself is announced and set again; a person who lifts it is not fought.',
      K15: 'The intent is written with a bounded wait; a disk that refuses stops no request and is said.',
      K16: 'Beside PANIC stands what it leaves open, per backend; practice counts only alone or on request.',
    },
  },
  {
    title: 'Approvals',
    promises: {
      A1: 'A card says who asks for what, for how much, at which price then and now, until when and why.',
      A2: 'What expired or changed cannot be approved. Silence is never consent.',
      A3: 'At the click everything is checked again, and what stands in the way is named.',
      A4: "The person's limits: a soft one asks a second question, a hard one refuses.",
      A5: 'Exactly once, whatever is clicked twice, retried or lost; an unknown fate is read back.',
      A6: 'What is decided elsewhere goes away here, and a stale notification cannot act.',
      A7: 'Several at once need a summary; nothing is approved by itself without a rule of the person.',
      A8: 'Declining is one step everywhere, approving never the default focus.',
    },
  },
  {
    title: 'Links and data',
    promises: {
      D1: 'A link that is silent too long is stale and opened again, half-open ones included.',
      D2: 'Reconnecting never gives up, backs off, and is immediate after sleep or a network that returns; refused credentials ask the person.',
      D3: 'After each reconnection a snapshot is read; what changes without an event is read at intervals inside the budget; replays and late events change nothing.',
      D4: 'Every number has the age of its data, and what is too old is drawn as stale, in the tray too.',
      D5: 'Bad input crashes, blocks and corrupts nothing: it is counted, kept redacted, and named.',
      D6: 'Nothing acknowledged is lost to kill -9, a full disk or a damaged file.',
      D7: 'Memory, disk and work are bounded, a week at the design rate with its bursts included.',
      D8: 'Deleting by retention leaves a checkpoint that is signed off in the chain.',
    },
  },
  {
    title: 'Trust',
    promises: {
      S5: 'The audit trail is append-only and hash-chained; a change made to it is found and shown.',
    },
  },
];
