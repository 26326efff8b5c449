/**
 * Run before the application (`-r`): keeps back that Electron is ready until the driver has attached and calls
 * `__playwright_run`. The driver does so itself with an Electron that it has looked up; given the path of one it leaves that
 * out, and then a window that opens at once may be there before whoever should see it come.
 */
const { app } = require('electron');

const ready = app.whenReady();
const emit = app.emit.bind(app);
const released = Promise.withResolvers();
let given = [];
let isReleased = false;

app.emit = (event, ...values) => {
  if (event !== 'ready' || isReleased) return emit(event, ...values);
  given = values;
  return app.listenerCount('ready') > 0;
};
app.isReady = () => isReleased;
app.whenReady = () => released.promise;

globalThis.__playwright_run = async () => {
  await ready;
  isReleased = true;
  released.resolve();
  emit('ready', ...given);
};
