/** What the store holds of contacts beside their document. */

/** Links that the server held when its shape was last up to date here. */
export const contactTables = `
CREATE TABLE contact_links (
  contact_id uuid PRIMARY KEY
);`
