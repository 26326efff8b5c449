/** The name as a person reads it, and as the system groups windows and notifications under. */
export const appName = 'Quarterdeck';
export const appId = 'app.quarterdeck.desktop';
