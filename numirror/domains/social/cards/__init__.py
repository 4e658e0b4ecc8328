"""Friends and the wall in the sidebar."""

from numirror.domains.social.cards.friends import add_card, friends_card, person_card
from numirror.domains.social.cards.wall import post_card, wall_card
from numirror.domains.social.cards.words import after, news, said

__all__ = ["add_card", "after", "friends_card", "news", "person_card", "post_card", "said", "wall_card"]
