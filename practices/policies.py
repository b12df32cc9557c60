"""Row-level security in SQL: the functions that read the open reach, and how to write a policy.

The functions are plpgsql on purpose: PostgreSQL would open a body in SQL up each time it plans,
for each policy a statement meets. Who the clinicians in reach are is asked once a statement, past
the policies of the tables it reads, which would else be planned again inside each other.
"""

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
CREATE FUNCTION reach_ids(scope text) RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
BEGIN RETURN translate((reach() -> scope)::text, '[]', '{}')::bigint[]; END $$;
CREATE FUNCTION reach_everywhere() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN RETURN coalesce((reach() ->> 'everywhere')::boolean, false); END $$;
CREATE FUNCTION reach_number(fact text) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
BEGIN RETURN (reach() ->> fact)::bigint; END $$;
CREATE FUNCTION reach_at() RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
BEGIN RETURN (reach() ->> 'at')::timestamptz; END $$;
CREATE FUNCTION reach_clinicians() RETURNS bigint[] LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public AS $$
DECLARE mine bigint[] := reach_ids('own') || reach_ids('providers');
BEGIN
  RETURN ARRAY(
    SELECT id FROM practices_clinician WHERE home_id = ANY (mine) OR user_id = reach_number('user')
    UNION
    SELECT person.id FROM practices_clinician person
    JOIN practices_membership post ON post.user_id = person.user_id
    WHERE post.organisation_id = ANY (mine));
END $$;
"""
NO_FUNCTIONS = """
DROP FUNCTION reach_clinicians();
DROP FUNCTION reach_at(); DROP FUNCTION reach_number(text); DROP FUNCTION reach_everywhere();
DROP FUNCTION reach_ids(text); DROP FUNCTION reach();
"""


def ids(scope: str) -> str:
    """The organisation ids of a scope, worked out once a statement."""
    return f"(SELECT reach_ids('{scope}'))::bigint[]"


def of_clinician(column: str) -> str:
    """A condition: the clinician works, or has their home, where we may see the staff; or is me."""
    return f"{column} = ANY ((SELECT reach_clinicians())::bigint[])"


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
