"""Joint punishment (联合惩戒): measures on a listing, from the match to the last lift that is proven."""
