-- The schema's version stands in user_version alone. Earlier releases kept it
-- here as well.
DROP TABLE IF EXISTS goose_db_version;
