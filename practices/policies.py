"""Row-level security in SQL: the functions that read the open reach, and how to write a policy."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION reach() RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE setting text := current_setting('headroom.reach', true);
BEGIN
  IF coalesce(setting, '') = '' THEN
    RAISE EXCEPTION 'no reach is open' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN setting::jsonb;
END $$;
CREATE FUNCTION reach_ids(scope text) RETURNS bigint[] LANGUAGE sql STABLE AS $$
  SELECT ARRAY(SELECT jsonb_array_elements_text(reach() -> scope)::bigint)
$$;
CREATE FUNCTION reach_everywhere() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce((reach() ->> 'everywhere')::boolean, false)
$$;
CREATE FUNCTION reach_number(fact text) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT (reach() ->> fact)::bigint
$$;
CREATE FUNCTION reach_at() RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT (reach() ->> 'at')::timestamptz
$$;
"""
NO_FUNCTIONS = """
DROP FUNCTION reach_at(); DROP FUNCTION reach_number(text); DROP FUNCTION reach_everywhere();
DROP FUNCTION reach_ids(text); DROP FUNCTION reach();
"""


def ids(scope: str) -> str:
    """The organisation ids of a scope, worked out once a statement."""
    return f"(SELECT reach_ids('{scope}'))::bigint[]"


def in_scope(column: str, *scopes: str) -> str:
    """A condition: the column names an organisation of one of the scopes."""
    return " OR ".join(f"{column} = ANY ({ids(scope)})" for scope in scopes)


def of_case(practice: str = "practice_id", provider: str = "hub_id") -> str:
    """A condition: a case's row is its practice's, and its hub's while the hub serves it."""
    return (
        f"{in_scope(practice, 'own')} OR ({in_scope(practice, 'served')}"
        f" AND {in_scope(provider, 'providers')})"
    )


def follows(parent: str, column: str) -> str:
    """A condition: whoever sees the parent row sees this one."""
    return f"EXISTS (SELECT 1 FROM {parent} parent WHERE parent.id = {column})"


def policy(table: str, visible: str) -> migrations.RunSQL:
    """Only rows that satisfy `visible` exist for the application's role, to read or to write."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY reach ON {table} USING ((SELECT reach_everywhere()) OR {visible});",
        f"DROP POLICY reach ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )
