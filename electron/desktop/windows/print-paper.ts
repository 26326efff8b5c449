import type { BrowserWindow, PrintToPDFOptions } from 'electron';

/** Colours as they are, and the page's number under each page. */
const PAPER: PrintToPDFOptions = {
  printBackground: true,
  preferCSSPageSize: true,
  displayHeaderFooter: true,
  headerTemplate: '<span></span>',
  footerTemplate:
    '<p style="width:100%;text-align:center;font:8px sans-serif;color:#5f6977"><span class="pageNumber"></span> / <span class="totalPages"></span></p>',
};

/** Prints the first of the windows that has put something on paper; `null` where none has. */
export async function printPaper(windows: readonly BrowserWindow[]): Promise<Uint8Array | null> {
  for (const { webContents } of windows) {
    const hasPaper: unknown = await webContents.executeJavaScript(
      'document.querySelector(".report-paper") !== null',
    );
    if (hasPaper === true) return webContents.printToPDF(PAPER);
  }
  return null;
}
