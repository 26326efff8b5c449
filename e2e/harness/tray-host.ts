import { expect } from '@playwright/test';
import dbus from 'dbus-next';

const WATCHER = 'org.kde.StatusNotifierWatcher';
const ITEM = 'org.kde.StatusNotifierItem';
const MENU = 'com.canonical.dbusmenu';

export interface TrayEntry {
  id: number;
  label: string;
  enabled: boolean;
  entries: TrayEntry[];
}

/** The part of a desktop that shows tray icons, on the test's own session bus: it reads the real menu and clicks in it. */
export interface TrayHost {
  /** The menu as the application offers it now. */
  menu(): Promise<TrayEntry[]>;
  tooltip(): Promise<string>;
  /** Chooses an entry by the labels that lead to it, as soon as the menu has it. */
  choose(...labels: string[]): Promise<void>;
  stop(): void;
}

class Watcher extends dbus.interface.Interface {
  items: string[] = [];
  onItem: () => void = () => {};

  get RegisteredStatusNotifierItems(): string[] {
    return this.items;
  }

  readonly IsStatusNotifierHostRegistered = true;
  readonly ProtocolVersion = 0;

  RegisterStatusNotifierItem(service: string): void {
    this.items = [...this.items, service];
    this.onItem();
  }

  RegisterStatusNotifierHost(_service: string): void {
    // The watcher is its own only host.
  }

  StatusNotifierItemRegistered(service: string): string {
    return service;
  }
}

Watcher.configureMembers({
  properties: {
    RegisteredStatusNotifierItems: { signature: 'as', access: 'read' },
    IsStatusNotifierHostRegistered: { signature: 'b', access: 'read' },
    ProtocolVersion: { signature: 'i', access: 'read' },
  },
  methods: {
    RegisterStatusNotifierItem: { inSignature: 's', outSignature: '' },
    RegisterStatusNotifierHost: { inSignature: 's', outSignature: '' },
  },
  signals: { StatusNotifierItemRegistered: { signature: 's' } },
});

/** Takes the well-known name; an application started after this finds a desktop that has a tray. */
export async function startTrayHost(): Promise<TrayHost> {
  const bus = dbus.sessionBus();
  const watcher = new Watcher(WATCHER);
  bus.export('/StatusNotifierWatcher', watcher);
  await bus.requestName(WATCHER, dbus.NameFlag.DO_NOT_QUEUE);

  const service = async (): Promise<string> => {
    if (watcher.items.length === 0) await new Promise<void>((resolve) => (watcher.onItem = resolve));
    return watcher.items.at(-1) ?? '';
  };

  async function call(
    path: string,
    interfaceName: string,
    member: string,
    signature: string,
    body: unknown[],
  ): Promise<unknown[]> {
    const destination = await service();
    const message = new dbus.Message({
      destination,
      path,
      interface: interfaceName,
      member,
      signature,
      body,
    });
    const answer = await bus.call(message);
    const answered: unknown[] = answer?.body ?? [];
    return answered;
  }

  async function itemProperty(name: string): Promise<unknown> {
    const [value] = await call('/StatusNotifierItem', 'org.freedesktop.DBus.Properties', 'Get', 'ss', [
      ITEM,
      name,
    ]);
    return unwrap(value);
  }

  async function readMenu(): Promise<{ path: string; entries: TrayEntry[] }> {
    const path = String(await itemProperty('Menu'));
    const [, layout] = await call(path, MENU, 'GetLayout', 'iias', [0, -1, []]);
    return { path, entries: toEntry(layout).entries };
  }

  return {
    menu: async () => (await readMenu()).entries,
    tooltip: async () => {
      const tip = await itemProperty('ToolTip');
      return Array.isArray(tip) ? `${String(tip[2])}${String(tip[3])}` : String(tip);
    },
    async choose(...labels) {
      // The menu follows the desk within a second, as it would for a person who opens it again.
      await expect(async () => {
        const { path, entries } = await readMenu();
        const id = idOf(entries, labels);
        await call(path, MENU, 'Event', 'isvu', [id, 'clicked', new dbus.Variant('i', 0), 0]);
      }).toPass();
    },
    stop: () => bus.disconnect(),
  };
}

function idOf(entries: readonly TrayEntry[], labels: readonly string[]): number {
  let level = entries;
  let id = 0;
  for (const label of labels) {
    const found = level.find((entry) => entry.label === label);
    if (found === undefined)
      throw new Error(`no "${label}" among: ${level.map((entry) => entry.label).join(', ')}`);
    level = found.entries;
    id = found.id;
  }
  return id;
}

/** A menu entry on the wire: `(ia{sv}av)`. */
function toEntry(wire: unknown): TrayEntry {
  const node = unwrap(wire);
  if (!Array.isArray(node)) throw new Error('not a menu entry');
  const [id, properties, children] = node as [number, Record<string, unknown>, unknown[]];
  return {
    id,
    label: textOf(properties.label).replaceAll('__', '\0').replaceAll('_', '').replaceAll('\0', '_'),
    enabled: unwrap(properties.enabled) !== false,
    entries: children.map(toEntry),
  };
}

const textOf = (value: unknown): string => {
  const text = unwrap(value);
  return typeof text === 'string' ? text : '';
};

const unwrap = (value: unknown): unknown => (value instanceof dbus.Variant ? value.value : value);
