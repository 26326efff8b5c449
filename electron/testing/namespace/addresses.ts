/** The two ends of the cable between the desk's network and the server's; nothing else is on it. */
export const NEAR_ADDRESS = '10.231.7.1';
export const FAR_ADDRESS = '10.231.7.2';
export const FAR_PORT = 3001;
