"""Ward data in SQLite or PostgreSQL: tables, repositories, the unit of work; rows never leave this room."""
