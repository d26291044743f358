CREATE UNIQUE INDEX record_id ON record (person, id);
