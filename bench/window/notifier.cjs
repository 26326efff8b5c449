/** The least that makes a notification of a proposal, as a main script of Electron: `electron notifier.cjs ADDRESS` reads the server's stream there. */
const { app, Notification } = require('electron');
const { get } = require('node:http');

/** What nobody refers to is collected, and its notification with it. */
const shown = [];

void app.whenReady().then(() => {
  get(`${process.argv.at(-1)}/live`, (response) => {
    response.setEncoding('utf8');
    let rest = '';
    response.on('data', (chunk) => {
      const parts = (rest + chunk).split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        const { type, data } = JSON.parse(part.slice('data: '.length));
        if (type !== 'approval:created') continue;
        const notification = new Notification({ title: data.title, body: data.summary, silent: true });
        shown.push(notification);
        notification.show();
      }
    });
    response.on('close', () => app.quit());
  });
});
