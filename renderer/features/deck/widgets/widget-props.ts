/** What every widget of the deck is given. */
export interface WidgetProps {
  /** What it is about, where it is about one thing. */
  subject: string | null;
  onSubject: (subject: string) => void;
}
