import { channelRow } from '../channels/channel-row.ts';

export const row = channelRow('discord', 'Discord');
