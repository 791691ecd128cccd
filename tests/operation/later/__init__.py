"""The record's migrations, and one more, so that an upgrade can be tried before there is a later one."""

from waymark.records import migrations

__path__ = [*__path__, *migrations.__path__]
