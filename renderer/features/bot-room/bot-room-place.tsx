import { EmptyState } from '../../ui/states.tsx';

export const BotRoomPlace = () => <EmptyState title="BotRoom is not built yet" />;
