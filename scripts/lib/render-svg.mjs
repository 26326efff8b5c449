/** Run by Electron: renders each job of `SVG_JOBS` (`{ svg, size, file }`) to a PNG with a transparent ground. */
import { writeFileSync } from 'node:fs';

import { BrowserWindow, app } from 'electron';

const jobs = JSON.parse(process.env.SVG_JOBS);

void app.whenReady().then(async () => {
  const window = new BrowserWindow({ show: false, webPreferences: { offscreen: true } });
  await window.loadURL('data:text/html,<canvas></canvas>');
  for (const { svg, size, file } of jobs) {
    const address = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
    const png = await window.webContents.executeJavaScript(`(async () => {
      const image = new Image();
      image.src = ${JSON.stringify(address)};
      await image.decode();
      const canvas = document.querySelector('canvas');
      canvas.width = canvas.height = ${size};
      canvas.getContext('2d').drawImage(image, 0, 0, ${size}, ${size});
      return canvas.toDataURL('image/png').split(',')[1];
    })()`);
    writeFileSync(file, Buffer.from(png, 'base64'));
    console.log(file);
  }
  app.exit(0);
});
