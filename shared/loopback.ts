/** Whether a host, as it stands in an address (IPv6 in brackets or not), is this computer, whatever a name server says. */
export const isLoopback = (host: string): boolean =>
  /^(localhost|127(\.\d{1,3}){3}|\[::1\]|::1)$/i.test(host);
