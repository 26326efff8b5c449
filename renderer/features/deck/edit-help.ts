/** Names the sentence that says how a widget is moved by the keyboard. */
export const EDIT_HELP_ID = 'deck-edit-help';
