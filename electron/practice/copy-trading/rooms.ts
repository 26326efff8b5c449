/** Names of the rooms that pushes are scoped by; by wallet, since a trader's id is another one after a restart. */
export const roomOfTrader = (wallet: string): string => `trader:${wallet}`;
export const roomOfMarket = (symbol: string): string => `market:${symbol}`;
export const roomOfUser = (userId: string): string => `user:${userId}`;
