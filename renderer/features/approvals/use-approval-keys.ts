import { shortcutOf } from '../../stores/shortcuts.ts';
import { useWindowKeys } from '../../ui/use-window-keys.ts';

interface ApprovalKeys {
  move: (step: 1 | -1) => void;
  /** Puts the focus on Approve; Enter then is the person's own second step. */
  arm: () => void;
  decline: () => void;
}

/** J and K move, A arms Approve, D declines, or the keys that the person set for them. */
export function useApprovalKeys(keys: ApprovalKeys): void {
  useWindowKeys((event) => {
    switch (shortcutOf(event)) {
      case 'approvals.next':
        keys.move(1);
        break;
      case 'approvals.previous':
        keys.move(-1);
        break;
      case 'approvals.arm':
        keys.arm();
        break;
      case 'approvals.decline':
        keys.decline();
        break;
      default:
        return;
    }
    event.preventDefault();
  });
}
