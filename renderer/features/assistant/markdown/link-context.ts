import { createContext } from 'react';

/** Asks before a link is opened. */
export const LinkContext = createContext<(address: string) => void>(() => {});
