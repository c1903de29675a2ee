"""A cache that forgets nothing before its time, so that no flood of entries clears a limit."""

from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router


class LastingCache(DatabaseCache):
    """Keeps limits on signing in, codes and calls in the database until they end.

    Django's own lets go of entries in the order of their keys once there are too many: whoever
    fills it would clear the count of their wrong passwords. Here a full table is rid of what has
    ended, and nothing else; the timetable does the same every night.
    """

    def _cull(self, db, cursor, now, num):
        table = connections[db].ops.quote_name(self._table)  # type: ignore[attr-defined]
        ended = connections[db].ops.adapt_datetimefield_value(now)
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [ended])

    def forget_ended(self, now) -> None:
        """Let go of what has ended."""
        db = router.db_for_write(self.cache_model_class)
        with connections[db].cursor() as cursor:
            self._cull(db, cursor, now, 0)
