"""Time and memory on input of real size: `make bench`, or with the market of your own
`python -m benchmarks FOLDER` (prices.csv and actions.csv; also by LTIP_MARKET).

Every measurement is a process of its own on a database of its own, on the database that
TEST_DATABASE_URL names (SQLite where it names none).
"""
