import { licenceTexts } from './shipped-packages.mjs';

const RULE = '-'.repeat(80);

/** The page that the application carries and shows: each package once, and what its licence asks to be said. */
export function thirdPartyNotices(packages) {
  const list = packages.map(({ name, version, licence }) => `${name} ${version}  ${licence}`);
  const texts = packages.map(({ name, version, licence, author, address, folder }) => {
    const said = licenceTexts(folder);
    const head = [`${name} ${version}`, address, `Licence: ${licence}`]
      .filter((line) => line !== null)
      .join('\n');
    const body =
      said.length > 0
        ? said.join('\n\n')
        : `No licence text comes with it. Copyright ${author ?? 'its authors'}.`;
    return `${RULE}\n${head}\n\n${body}`;
  });
  return `${[
    'Quarterdeck is built on the work of others. Their names, and the licences under which it is used:',
    list.join('\n'),
    'Electron carries Chromium and others; their licences are in LICENSES.chromium.html beside the program.',
    ...texts,
  ].join('\n\n')}\n`;
}
