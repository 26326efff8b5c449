import dbus from 'dbus-next';

const NAME = 'org.freedesktop.Notifications';
const PATH = '/org/freedesktop/Notifications';
/** Reasons of the specification's NotificationClosed signal. */
const CLOSED_BY_PERSON = 2;
const CLOSED_BY_CALL = 3;

export interface ReceivedNotification {
  id: number;
  replacesId: number;
  title: string;
  body: string;
  /** Button keys and labels in turn, as sent; `default` is the click on the notification itself. */
  actions: string[];
  urgency: number | null;
  closed: boolean;
}

/** A notification server as a desktop has one, on the test's own session bus: it keeps what it is sent and can click it. */
export interface NotificationServer {
  /** The first notification, also one that is already there, that mentions `text`. */
  waitFor(text: string): Promise<ReceivedNotification>;
  /** Title and text of everything that came so far. */
  everything(): string;
  /** Waits until the application took the notification away. */
  waitForClosed(id: number): Promise<void>;
  click(id: number): void;
  press(id: number, actionKey: string): void;
  dismiss(id: number): void;
  /** Do not disturb: what is sent is taken and not shown. */
  setInhibited(inhibited: boolean): void;
  stop(): void;
}

class Notifications extends dbus.interface.Interface {
  readonly received: ReceivedNotification[] = [];
  Inhibited = false;
  readonly changed = new Set<() => void>();

  Notify(
    _application: string,
    replacesId: number,
    _icon: string,
    title: string,
    body: string,
    actions: string[],
    hints: Record<string, { value: unknown }>,
  ): number {
    const urgency = hints.urgency?.value;
    const id = replacesId === 0 ? this.received.length + 1 : replacesId;
    this.received.push({
      id,
      replacesId,
      title,
      body,
      actions,
      urgency: typeof urgency === 'number' ? urgency : null,
      closed: false,
    });
    this.#tell();
    return id;
  }

  CloseNotification(id: number): void {
    this.close(id, CLOSED_BY_CALL);
  }

  GetCapabilities(): string[] {
    return ['actions', 'body', 'persistence'];
  }

  GetServerInformation(): string[] {
    return ['Quarterdeck test', 'Quarterdeck', '1', '1.2'];
  }

  ActionInvoked(id: number, actionKey: string): [number, string] {
    return [id, actionKey];
  }

  NotificationClosed(id: number, reason: number): [number, number] {
    return [id, reason];
  }

  close(id: number, reason: number): void {
    for (const notification of this.received) if (notification.id === id) notification.closed = true;
    this.NotificationClosed(id, reason);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.changed) listener();
  }
}

// The library builds an interface's members from this call where decorators are not at hand.
Notifications.configureMembers({
  methods: {
    Notify: { inSignature: 'susssasa{sv}i', outSignature: 'u' },
    CloseNotification: { inSignature: 'u', outSignature: '' },
    GetCapabilities: { inSignature: '', outSignature: 'as' },
    GetServerInformation: { inSignature: '', outSignature: 'ssss' },
  },
  properties: { Inhibited: { signature: 'b', access: dbus.interface.ACCESS_READ } },
  signals: {
    ActionInvoked: { signature: 'us' },
    NotificationClosed: { signature: 'uu' },
  },
});

/** Takes the well-known name on the session bus of `DBUS_SESSION_BUS_ADDRESS`. */
export async function startNotificationServer(): Promise<NotificationServer> {
  const bus = dbus.sessionBus();
  const notifications = new Notifications(NAME);
  bus.export(PATH, notifications);
  await bus.requestName(NAME, dbus.NameFlag.DO_NOT_QUEUE);

  function until<T>(look: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const check = (): void => {
        const found = look();
        if (found === undefined) return;
        notifications.changed.delete(check);
        resolve(found);
      };
      notifications.changed.add(check);
      check();
    });
  }

  return {
    waitFor: (text) =>
      until(() => notifications.received.find(({ title, body }) => `${title} ${body}`.includes(text))),
    everything: () => notifications.received.map(({ title, body }) => `${title}\n${body}`).join('\n'),
    waitForClosed: (id) =>
      until(() =>
        notifications.received.some((item) => item.id === id && item.closed) ? null : undefined,
      ).then(() => {}),
    click: (id) => void notifications.ActionInvoked(id, 'default'),
    press: (id, actionKey) => void notifications.ActionInvoked(id, actionKey),
    dismiss: (id) => notifications.close(id, CLOSED_BY_PERSON),
    setInhibited: (inhibited) => void (notifications.Inhibited = inhibited),
    stop: () => bus.disconnect(),
  };
}
