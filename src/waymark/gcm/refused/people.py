"""Refusals about persons, posts and drafts."""

from collections.abc import Mapping
from types import MappingProxyType

from waymark.gcm.sentences import Plural, Wording

PEOPLE: Mapping[str, Wording] = MappingProxyType(
    {
        # people and posts
        "post.closed": "The post {post} was closed on {on}. Create a new post.",
        "post.held": "{person} holds the post {post}. End that holding first, or appoint as acting.",
        "post.not_held": "{person} no longer holds the post {post}.",
        "post.leaves_drafts": Plural(
            "{count} draft belongs to the post {post}. Name the post that takes it.",
            "{count} drafts belong to the post {post}. Name the post that takes them.",
        ),
        "post.heir_elsewhere": "{post} and {heir} are posts of different networks. Hand over within one network.",
        "draft.not_the_holder": "Only the holder of {post} may write its drafts.",
        "draft.of_another_post": "The draft {draft} belongs to the post {post}. Ask its holder to hand it over.",
        "reader.names_himself": "Nobody names himself as a reader of {record}. Ask another officer of the network.",
    }
)
