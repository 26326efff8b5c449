import type { Region } from '#shared/region.ts';
import { REGION_NAME } from '#shared/told-region.ts';

/** The script that each of our pages runs before any other: how it is to speak. */
export const regionScript = (region: Region): string =>
  `globalThis.${REGION_NAME} = ${JSON.stringify(region)};
document.documentElement.lang = ${JSON.stringify(region.language)};
`;
