-- Runs once, when PostgreSQL makes its data folder. Migrations run as ltip_owner. The application
-- runs as ltip_application, which owns nothing: the migrations grant it what each table allows.
\getenv owner_password LTIP_OWNER_PASSWORD
\getenv application_password LTIP_APPLICATION_PASSWORD

CREATE ROLE ltip_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE ltip_application LOGIN PASSWORD :'application_password';

CREATE DATABASE ltip OWNER ltip_owner;
REVOKE ALL ON DATABASE ltip FROM PUBLIC;
GRANT CONNECT ON DATABASE ltip TO ltip_application;

\connect ltip
ALTER SCHEMA public OWNER TO ltip_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO ltip_application;
