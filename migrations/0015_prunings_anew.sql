-- Envelopes that a snapshot contains went at once when it was found right late, and where a second device had said
-- nothing for 30 days it was never asked again whether they may go. When a device found a snapshot right is not
-- written down, so every snapshot is looked at in a week from now, or when it was to be, if that is later.
INSERT INTO doc_prunings (vault_id, doc_id, number, due_at)
SELECT vault_id, doc_id, number, now() + interval '7 days' FROM doc_snapshots
ON CONFLICT (vault_id, doc_id, number) DO UPDATE SET due_at = greatest(doc_prunings.due_at, excluded.due_at);
