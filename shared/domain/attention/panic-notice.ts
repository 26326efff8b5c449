/** The key of every notice about the desk's own PANIC. */
export const PANIC_NOTICE = 'panic';
